'use strict';
(async () => {
  const place = document.getElementById('document');
  const add = (parent, tag, text) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    return parent.appendChild(element);
  };
  const plain = text => text.replaceAll('`', '');
  const resolve = (api, node) =>
    node.$ref ? node.$ref.slice(2).split('/').reduce((found, key) => found[key], api) : node;
  const contents = (api, list, content) => {
    for (const [type, {schema}] of Object.entries(content ?? {})) {
      const item = add(add(list, 'dd'), 'details');
      add(item, 'summary', type);
      const parts = schema.oneOf ?? [schema];
      for (const part of parts) {
        if (part.$ref) add(item, 'p', part.$ref.split('/').pop());
        const shown = resolve(api, part);
        if (Object.keys(shown).length > 0) add(item, 'pre', JSON.stringify(shown, null, 2));
      }
    }
  };
  const operation = (api, path, method, described) => {
    const section = add(place, 'section');
    add(add(section, 'h2'), 'code', method.toUpperCase() + ' ' + path);
    add(section, 'p', described.summary + '.');
    if (described.description) add(section, 'p', plain(described.description));
    const list = add(section, 'dl');
    for (const reference of described.parameters ?? []) {
      const {name, description, schema} = resolve(api, reference);
      add(list, 'dt', 'Parameter ' + name + ': ' + (schema.enum ?? [schema.type]).join(', '));
      add(list, 'dd', plain(description));
    }
    if (described.requestBody) {
      add(list, 'dt', 'Body');
      contents(api, list, described.requestBody.content);
    }
    for (const [status, answer] of Object.entries(described.responses)) {
      add(list, 'dt', status + ': ' + plain(answer.description));
      contents(api, list, answer.content);
    }
  };
  const schemas = api => {
    const section = add(place, 'section');
    add(section, 'h2', 'Schemas');
    for (const [name, schema] of Object.entries(api.components.schemas)) {
      const item = add(section, 'details');
      add(item, 'summary', name);
      add(item, 'pre', JSON.stringify(schema, null, 2));
    }
  };
  try {
    const answer = await fetch('openapi.json');
    const api = await answer.json();
    add(place, 'p', plain(api.info.description));
    for (const [path, methods] of Object.entries(api.paths))
      for (const [method, described] of Object.entries(methods)) operation(api, path, method, described);
    schemas(api);
  } catch (error) {
    add(place, 'p', 'The document cannot be read: ' + error.message);
  }
})();
