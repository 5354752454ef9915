/**
 * A time as every process-mining tool reads it: with its zone, which ProM asks for, as an offset, because ocpa stumbles over the `Z`, and in
 * milliseconds, because others stumble over microseconds.
 */
export const instant = (time: string): string => new Date(time).toISOString().replace('Z', '+00:00');
