// Validates JSON feeds. Arguments: the schema that the JSON Feed schema store
// publishes, another one, and files. Prints the name of each file with a fault.
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import Ajv04 from "ajv-draft-04";
import addFormats from "ajv-formats";

const load = (file) => JSON.parse(readFileSync(file, "utf8"));
const [store, other, ...files] = process.argv.slice(2);

// The store's schema refers to its schema of version 1, which is not at hand.
// This is what version 1 says of the parts that it refers to.
const uri = { type: "string", format: "uri" };
const text = { type: "string" };
const date = { type: "string", format: "date-time" };
const extension = { type: "object" };
const author = {
  type: "object", additionalProperties: false, patternProperties: { "^_": extension },
  properties: { name: text, url: uri, avatar: uri }, minProperties: 1,
};
const attachments = {
  type: "array",
  items: {
    type: "object", additionalProperties: false, required: ["url", "mime_type"], patternProperties: { "^_": extension },
    properties: {
      url: uri, mime_type: { type: "string", pattern: "^[a-z0-9]+/[a-z0-9!#$&^_.+-]+$" }, title: text,
      size_in_bytes: { type: "integer", minimum: 0 }, duration_in_seconds: { type: "number", minimum: 0 },
    },
  },
};
const version1 = {
  id: "https://json.schemastore.org/feed-1",
  definitions: {
    uri, author, extension,
    item: {
      properties: {
        attachments, banner_image: uri, content_html: text, content_text: text, date_modified: date, date_published: date,
        external_url: uri, image: uri, summary: text, tags: { type: "array", items: text }, title: text, url: uri,
      },
    },
  },
  properties: {
    description: text, expired: { type: "boolean" }, feed_url: uri, home_page_url: uri, icon: uri, next_url: uri, title: text, user_comment: text,
    hubs: { type: "array", items: { type: "object", required: ["type", "url"], properties: { type: text, url: uri } } },
  },
};

const draft4 = new Ajv04({ allErrors: true, strict: false });
const draft7 = new Ajv({ allErrors: true, strict: false });
for (const ajv of [draft4, draft7]) addFormats(ajv);
draft4.addSchema(version1);
const schemas = { store: draft4.compile(load(store)), other: draft7.compile(load(other)) };

for (const file of files) {
  for (const [name, valid] of Object.entries(schemas)) {
    if (valid(load(file))) continue;
    console.log(file);
    console.error(`${file}: ${name}: ${JSON.stringify(valid.errors.slice(0, 3))}`);
  }
}
