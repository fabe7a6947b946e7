/** Types of the part of dcmjs that this example uses; dcmjs has none. */
declare module 'dcmjs' {
  interface Dcmjs {
    readonly data: {
      readonly DicomMessage: {
        readFile(file: ArrayBuffer, options: { readonly untilTag: string }): { readonly dict: object };
      };
      readonly DicomMetaDictionary: { naturalizeDataset(dict: object): Record<string, unknown> };
      datasetToBuffer(dataset: object): Uint8Array;
    };
    readonly log: { getLogger(name: string): { setLevel(level: 'silent'): void } };
  }
  const dcmjs: Dcmjs;
  export default dcmjs;
}
