import { Transfer, type TransferLimits } from './transfer.js';

/**
 * Requests a URL through fhir-package-loader, which supports HTTPS_PROXY and FPL_REGISTRY_TOKEN.
 *
 * @param url an http or https URL
 * @param limits the limits of time and size
 * @param onAnswer called when the response begins
 * @returns the content of the response
 * @throws RequestError when there is no response within the limits, or its HTTP status is not 200
 */
export async function get(url: string, limits: TransferLimits, onAnswer?: () => void): Promise<Buffer> {
  // Imported on demand: it includes a database and takes a third of a second to load.
  const { axiosGet } = await import('fhir-package-loader');
  const open = async (): Promise<unknown> => {
    const { status, data }: { readonly status: number; readonly data: unknown } = await axiosGet(url, {
      responseType: 'stream',
    });
    return status === 200 ? data : undefined;
  };
  return Transfer.of(limits, open, onAnswer);
}
