# One image for the three processes; the command chooses:
#   web      node app/server.ts        (the default)
#   worker   node --max-semi-space-size=8 jobs/worker.ts   (a small nursery keeps a long export under 300 MB)
#   migrate  node drizzle/migrate.ts   (run once per release, before the others)

FROM node:24-slim AS base
WORKDIR /srv/atomic-orders
# The patch to the database driver is applied by the postinstall script, so it must be there before npm ci.
COPY package.json package-lock.json .npmrc ./
COPY drizzle/patches drizzle/patches

FROM base AS build
RUN npm ci
COPY . .
RUN npm run build

FROM base AS production-dependencies
# Of the fonts' eighteen weights documents use two; the others would be half of the image.
RUN npm ci --omit=dev \
  && find node_modules/@expo-google-fonts -name '*.ttf' ! -name '*_400Regular.ttf' ! -name '*_700Bold.ttf' -delete

FROM node:24-slim
ENV NODE_ENV=production PORT=3000
WORKDIR /srv/atomic-orders
COPY --from=production-dependencies /srv/atomic-orders/node_modules node_modules
COPY package.json ./
COPY public public
COPY drizzle drizzle
COPY jobs jobs
COPY app app
COPY --from=build /srv/atomic-orders/build build
USER node
EXPOSE 3000
# For the web process. A worker answers on OPERATIONS_PORT, see compose.yaml; without one start it with --no-healthcheck.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "app/server.ts"]
