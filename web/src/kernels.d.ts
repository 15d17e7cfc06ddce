declare module "kernels:*" {
  /** A WebAssembly module in hexadecimal. */
  const hex: string;
  export default hex;
}
