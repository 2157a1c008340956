// The texts of the page for developers in English. What each operation does is in the OpenAPI document.
export const words = {
  title: 'The JSON API', product: 'Warmline', groups: 'Groups', schemas: 'Schemas', document: 'OpenAPI document', work: 'Workspace',
  about: 'Each operation has an example of a request and its answer, as a server of this version gave it.',
  token: ['The requests need a token: ', 'warmline api-token create NAME scopes=…', ' on the server makes one.'],
  filter: 'Filter by path, word or scope', count: (shown, all) => shown === all ? `${all} operations` : `${shown} of ${all} operations`, none: 'No operation has these words.',
  loading: 'Loading …', failed: 'The OpenAPI document cannot be read now. Load the page again.',
  scope: 'Scope', open: 'No token', any: 'Any token',
  parameters: 'Parameters', places: { path: 'path', query: 'query', header: 'header' }, body: 'Request body', optionalBody: 'Request body, may be missing',
  answers: 'Answers', request: 'Request', answer: status => `Answer ${status}`,
  field: 'Name', place: 'In', type: 'Type', meaning: 'Meaning', status: 'Status', needed: 'required',
  list: 'list of ', map: 'map to ', or: ' or ', anything: 'any value', empty: 'No fields.',
  limits: { default: 'default', minimum: 'least', maximum: 'most', minLength: 'least length', maxLength: 'longest', minItems: 'least items', maxItems: 'most items', multipleOf: 'multiple of', pattern: 'pattern', format: 'format' },
};
