/** Abstract resource types, and those that do not specialise them (FHIR R4, Resource, DomainResource). */
export const ABSTRACT: ReadonlyMap<string, RegExp> = /* @__PURE__ */ new Map([
  ['Resource', /^(Domain)?Resource$/],
  ['DomainResource', /^((Domain)?Resource|Binary|Bundle|Parameters)$/],
]);
