// jsdom ships no types; the few calls made to it are checked by the tests of the pictures.
declare module "jsdom" {
  export const JSDOM: any;
  export type DOMWindow = any;
}
