/** Loaded into every supervised process: when the supervisor is gone, even by SIGKILL, the process ends itself. */
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
