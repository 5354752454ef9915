import 'react';

declare module 'react' {
  interface CSSProperties {
    /** Colour of a legend's swatch. */
    '--swatch'?: string;
    /** How dark a cell is, 0…1. */
    '--heat'?: number;
  }
}
