/** FHIR R4, Terminologies, "Binding strengths", the weakest first. */
export const STRENGTHS = ['example', 'preferred', 'extensible', 'required'] as const;

/** One of them. */
export type BindingStrength = (typeof STRENGTHS)[number];

/** ElementDefinition.binding as pinned. */
export interface PinnedBinding {
  readonly strength: BindingStrength;
  readonly valueSet?: string;
}

/** ElementDefinition.binding */
export interface Binding {
  readonly strength: BindingStrength;
  /** The value set by its name in models: its canonical, with version where an older one is referenced. */
  readonly valueSet: string;
  /** For a required binding: the value sets of other required bindings of the same element, which apply as well. */
  readonly also?: readonly string[];
}
