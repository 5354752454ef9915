/** The storage that the environment asks for cannot be used at all; an operator has to change something. `code` is stable. */
export class StorageUnusable extends Error {
  override readonly name = 'StorageUnusable';
  constructor(
    readonly code: string,
    english: string,
    korean: string,
    options?: ErrorOptions,
  ) {
    super(`${english}\n${korean}`, options);
  }
}
