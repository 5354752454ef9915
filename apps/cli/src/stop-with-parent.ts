/**
 * Loaded into an application that `sajeon serve` runs (`node --import`). Should the command die without a word (kill -9), the channel to
 * it closes; the application then stops in good order instead of holding the port and the database for nobody.
 */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
