/** Photos of one document. A file at an office has 5 sheets; 40 are read in one sitting. */
export const MOST_PHOTOS = 40;
/** Octets of all photos, so that the PDF stays under what one can send by mail and sign without waiting. */
export const MOST_OCTETS = 20 * 1024 * 1024;
/** Octets of a file that is opened at all. */
export const MOST_FILE = 60 * 1024 * 1024;
/** Pixels of the longer side: 250 an inch on A4, small print is read well. A larger photo is made smaller. */
export const LONG_SIDE = 3000;
/** Octets of a photo that is taken over as it is. */
export const AS_IT_IS = 2.5 * 1024 * 1024;
/** Where a photo is made smaller or was none: letters stay clean, an A4 page has about 1 MB. */
export const QUALITY = 0.85;
/** Pixels of an image that is unpacked. */
export const MOST_PIXELS = 100_000_000;
