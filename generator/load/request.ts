import { Transfer, type TransferLimits } from './transfer.js';

/**
 * Gets an address by way of fhir-package-loader, which knows HTTPS_PROXY and FPL_REGISTRY_TOKEN.
 *
 * @param url an http or https address
 * @param limits how long it may take, and how long the answer may be
 * @param onAnswer called when the answer begins
 * @returns the answer
 * @throws RequestError when there is none, or not within the limits, or its HTTP status is not one of success
 */
export async function get(url: string, limits: TransferLimits, onAnswer?: () => void): Promise<Buffer> {
  // Loaded when it is needed: it brings a database along and takes a third of a second.
  const { axiosGet } = await import('fhir-package-loader');
  const open = async (): Promise<unknown> => {
    const { status, data }: { readonly status: number; readonly data: unknown } = await axiosGet(url, {
      responseType: 'stream',
    });
    return status === 200 ? data : undefined;
  };
  return Transfer.of(limits, open, onAnswer);
}
