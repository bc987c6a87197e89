// What the viewer uses of PDF.js: a part of its own, loaded once a file was chosen (web/viewer/engine.ts). Neither its scripting
// sandbox nor its annotation and form layers are among it.
export {
  AnnotationMode,
  GlobalWorkerOptions,
  getDocument,
  PDFWorker,
  TextLayer,
  VerbosityLevel,
  version,
} from "pdfjs-dist/legacy/build/pdf.mjs";
