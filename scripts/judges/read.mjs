// Reads feeds as readers written in JavaScript do. Arguments: files. Prints a
// line of JSON for each reader and file: what it made of the entries. A field
// that a reader does not give is left out.
import { readFileSync } from "node:fs";
import { parseFeed as feedsmith } from "feedsmith";
import { parseFeed as feedParser } from "@rowanmanning/feed-parser";
import RSSParser from "rss-parser";

const names = (people) => (people ?? []).map((p) => p.name);
const urls = (files) => (files ?? []).map((f) => f.url);

const ofFeedsmith = {
  rss: (i) => ({
    id: i.guid?.value, title: i.title, link: i.link, date: i.pubDate, authors: i.dc?.creators ?? [],
    terms: (i.categories ?? []).map((c) => c.name), enclosures: urls(i.enclosures), duration: i.itunes?.duration,
  }),
  atom: (i) => ({
    id: i.id, title: i.title?.value, link: i.links?.find((l) => l.rel === "alternate")?.href, date: i.published, updated: i.updated,
    authors: names(i.authors), terms: (i.categories ?? []).map((c) => c.term),
    enclosures: (i.links ?? []).filter((l) => l.rel === "enclosure").map((l) => l.href),
  }),
  json: (i) => ({
    id: i.id, title: i.title, link: i.url, date: i.date_published, updated: i.date_modified,
    authors: names(i.authors), terms: i.tags ?? [], enclosures: urls(i.attachments),
  }),
};

async function read(file) {
  const text = readFileSync(file, "utf8");
  const { format, feed } = feedsmith(text);
  print("feedsmith", file, (feed.items ?? feed.entries ?? []).map(ofFeedsmith[format]));
  if (format === "json") return;
  const items = (await new RSSParser().parseString(text)).items;
  print("rss-parser", file, items.map((i) => ({
    id: i.guid ?? i.id, title: i.title, link: i.link, date: i.isoDate, author: i.creator ?? i.author,
    ...(format === "rss" ? { terms: i.categories ?? [], enclosure: i.enclosure?.url } : {}),
  })));
  print("feed-parser", file, feedParser(text).items.map((i) => ({
    id: i.id, title: i.title, link: i.url, date: i.published, authors: names(i.authors),
    terms: i.categories.map((c) => c.term), enclosures: urls(i.media.filter((m) => m.type !== "image")),
  })));
}

function print(reader, file, entries) {
  console.log(JSON.stringify({ reader, file, entries }));
}

for (const file of process.argv.slice(2)) await read(file);
