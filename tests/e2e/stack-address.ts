/** Where the app under test listens; global-setup.ts has started it before any journey is loaded. */
export const stackAddress = {
  appUrl: read("E2E_APP_URL"),
  simulatorUrl: read("E2E_SIMULATOR_URL"),
  databaseUrl: read("E2E_DATABASE_URL"),
};

function read(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run the journeys with npm run test:e2e.`);
  return value;
}
