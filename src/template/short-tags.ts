// CloudFormation's YAML short tags in their long form: !Ref and !Condition keep their name, all others are Fn::<name>.
// One rule for all of them, so that a function that CloudFormation adds tomorrow is read too; the list below only decides
// whether a tag is worth a remark. What a function yields is decided elsewhere (the resolver).
// Facts: CloudFormation Template Reference, "Intrinsic functions": each page's "Syntax for the short form"; "Condition functions".

const FUNCTIONS = new Set([
  'And', 'Base64', 'Cidr', 'Condition', 'Equals', 'FindInMap', 'ForEach', 'GetAZs', 'GetAtt', 'GetStackOutput', 'If', 'ImportValue', 'Join',
  'Length', 'Not', 'Or', 'Ref', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform',
]);

/** Functions whose name stands without `Fn::` in the long form. */
const BARE = new Set(['Ref', 'Condition']);

/** Whether the tag is a document's own (`!Sub`), not one of YAML's (`!!str`) or none. */
export function isShortTag(tag: string | undefined): tag is string {
  return tag !== undefined && tag.length > 1 && tag.startsWith('!') && !tag.startsWith('!!');
}

/** Whether CloudFormation has this short form. Functions of `Rules`, such as `Fn::ValueOf`, have none. */
export function isKnownTag(tag: string): boolean {
  return FUNCTIONS.has(tag.slice(1));
}

/** `!Sub` -> `Fn::Sub`; an unknown `!Rain::Module` -> `Fn::Rain::Module`. */
export function longKey(tag: string): string {
  const name = tag.slice(1);
  return BARE.has(name) || name.startsWith('Fn::') ? name : `Fn::${name}`;
}

/** `!GetAtt A.B.C` means attribute `B.C` of `A`: "Outputs.Name", "Endpoint.Address". */
export function longForm(tag: string, value: unknown): Record<string, unknown> {
  const key = longKey(tag);
  if (key === 'Fn::GetAtt' && typeof value === 'string' && value.includes('.')) {
    const dot = value.indexOf('.');
    return { [key]: [value.slice(0, dot), value.slice(dot + 1)] };
  }
  return { [key]: value };
}
