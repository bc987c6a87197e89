// PDF.js's worker, which reads a document, with a bound on the memory that one piece of a document may ask for.
import "pdfjs-dist/legacy/build/pdf.worker.mjs";
import { guardMemory } from "../viewer/guard-memory.ts";

guardMemory();
