import {
  type Attributes,
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";

/**
 * Traces, off unless an OTLP address is configured. One trace follows a delivery: the door, its row in the inbox,
 * the batch that applied it, the hint, the stream that told a screen. What crosses a process travels as a W3C
 * `traceparent`: in the inbox row's headers, and in the hint. Without a provider the API's own no-ops run.
 */

const tracer = trace.getTracer("atomic-orders");
let provider: TracerProvider | null = null;

/**
 * Starts to send spans.
 * @param endpoint base address of an OTLP/HTTP collector (`http://host:4318`); undefined leaves tracing off
 * @param serviceName `atomic-orders-web` or `atomic-orders-worker`
 */
export function startTracing(endpoint: string | undefined, serviceName: string): void {
  if (!endpoint || provider) return;
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` });
  provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": serviceName }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 1_000 })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
}

/** Sends what is still waiting. Part of a clean shutdown. */
export const stopTracing = async (): Promise<void> => provider?.shutdown();

export const isTracing = () => provider !== null;

/** The running span's id of its trace, for log lines; undefined without one. */
export const currentTraceId = (): string | undefined => trace.getActiveSpan()?.spanContext().traceId;

/** The running span as a `traceparent`; undefined when there is none. */
export function currentTraceparent(): string | undefined {
  if (!provider) return undefined;
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

const parentOf = (traceparent: string | null | undefined): Context =>
  traceparent ? propagation.extract(ROOT_CONTEXT, { traceparent }) : context.active();

/**
 * Runs something inside a span. A thrown error marks the span and is thrown on.
 * @param traceparent what caused it, when that happened elsewhere
 */
export function inSpan<Result>(
  name: string,
  options: { attributes?: Attributes; kind?: SpanKind; traceparent?: string | null },
  run: (span: Span) => Promise<Result>,
): Promise<Result> {
  if (!provider) return run(trace.wrapSpanContext({ traceId: "", spanId: "", traceFlags: 0 }));
  const { traceparent, ...rest } = options;
  return tracer.startActiveSpan(name, rest, parentOf(traceparent), async (span) => {
    try {
      return await run(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).constructor.name });
      throw error;
    } finally {
      span.end();
    }
  });
}

/**
 * Records something that has happened already, as a child of what caused it.
 * @param startedAt when it began, epoch milliseconds
 * @param endedAt when it ended; now, where nothing is said
 * @returns its own `traceparent`, for what it causes in turn; undefined without tracing
 */
export function recordSpan(
  name: string,
  {
    traceparent,
    startedAt,
    endedAt,
    attributes,
  }: { traceparent: string; startedAt: number; endedAt?: number; attributes?: Attributes },
): string | undefined {
  if (!provider) return undefined;
  const parent = parentOf(traceparent);
  const span = tracer.startSpan(name, { startTime: startedAt, attributes, kind: SpanKind.CONSUMER }, parent);
  const carrier: { traceparent?: string } = {};
  propagation.inject(trace.setSpan(parent, span), carrier);
  span.end(endedAt);
  return carrier.traceparent;
}

export { SpanKind };
