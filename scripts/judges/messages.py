"""Judges RSS and Atom by what the W3C's feed validator says of feeds. It is no
copy of it: the messages are those that its documentation lists, as far as they
can befall a feed of ours, under the names that it gives them. Arguments: files
below a folder "feeds/BLOG". Prints a line for each fault: file, message, why."""

import collections
import datetime
import email.utils
import html.entities
import pathlib
import re
import sys
import urllib.parse

import html5lib
from lxml import etree

ATOM, CONTENT, DC = "{http://www.w3.org/2005/Atom}", "{http://purl.org/rss/1.0/modules/content/}", "{http://purl.org/dc/elements/1.1/}"
HISTORY, MEDIA, ITUNES = "{http://purl.org/syndication/history/1.0}", "{http://search.yahoo.com/mrss/}", "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
KNOWN = {s[1:-1] for s in (ATOM, CONTENT, DC, HISTORY, MEDIA, ITUNES)} | {
    "https://podcastindex.org/namespace/1.0", "http://source.scripting.com/", "http://www.w3.org/XML/1998/namespace"}
CHANNEL = set("title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs cloud ttl image rating textInput skipHours skipDays item".split())
ITEM = set("title link description author category comments enclosure guid pubDate source".split())
FEED = set("author category contributor generator icon id link logo rights subtitle title updated entry".split())
ENTRY = set("author category content contributor id link published rights source summary title updated".split())
SEVERAL = {"category", "item", "entry", "link", "author", "contributor"}
HTML = set("""a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em
figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main map mark nav ol p picture pre q rp rt ruby s samp section small
source span strike strong sub summary sup table tbody td tfoot th thead time tr track tt u ul var video wbr""".split())
URLS = ("href", "src", "poster", "cite", "longdesc")
URI = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+$")
TAG = re.compile(r"^tag:([A-Za-z0-9._-]+@)?[a-z0-9-]+(\.[a-z0-9-]+)*,\d{4}(-\d\d(-\d\d)?)?:[A-Za-z0-9._~:@!$&'()*+,;=%/?-]*$")
LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")
MIME = re.compile(r"^[a-z]+/[A-Za-z0-9.+-]+$")
RFC3339 = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
MIME_PICTURES = (".png", ".jpg", ".jpeg", ".gif")


class Feed:
    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.faults = []
        self.lines = self.path.read_text("utf-8").split("\n")

    def is_alias(self, address):
        """Tells whether the document at an address, which names itself, is this one:
        a tree of files holds a document under each of its addresses."""
        feeds = self.path.parts.index("feeds")
        top = pathlib.Path(*self.path.parts[: feeds + 2])
        itself = top / urllib.parse.unquote(urllib.parse.urlsplit(address).path).lstrip("/")
        return itself.is_file() and itself.read_bytes() == self.path.read_bytes()

    def say(self, message, why=""):
        self.faults.append((message, str(why)[:160]))

    def judge(self):
        try:
            root = etree.parse(str(self.path), etree.XMLParser(resolve_entities=False, recover=False, huge_tree=True)).getroot()
        except etree.XMLSyntaxError as error:
            return self.say("SAXError", error)
        for space in {s for e in root.iter(etree.Element) for s in e.nsmap.values() if s} - KNOWN:
            self.say("UnknownNamespace", space)
        for text in (t for e in root.iter(etree.Element) for t in (e.text, e.tail) if t):
            if re.search("[\x7f-\x9f\ufffe\uffff]", text):
                self.say("BadCharacters", ascii(text[:60]))
        self.now = datetime.datetime.now(datetime.timezone.utc)
        self.atom(root) if root.tag == ATOM + "feed" else self.rss(root)

    # What both have in common.

    def children(self, element, allowed, space=""):
        counts = collections.Counter(c.tag for c in element.iterchildren(etree.Element))
        for tag, count in counts.items():
            name = etree.QName(tag)
            if (name.namespace or "") == space.strip("{}"):
                if name.localname not in allowed:
                    self.say("UndefinedElement", name.localname)
                elif count > 1 and name.localname not in SEVERAL:
                    self.say("DuplicateElement", name.localname)
        if (element.text or "").strip():
            self.say("UnexpectedText", element.text.strip())

    def text(self, element, message):
        """Character data that is no HTML."""
        value = element.text or ""
        if tags := [t for t in re.findall(r"</(\w+)>", value) if t.lower() in HTML]:
            self.say(message, f"</{tags[0]}> in {value}")
        for name in re.findall(r"&(#?\w+)", value):
            if name in html.entities.name2codepoint or name == "apos" or not name.isalpha():
                if not any("&#x" in line for line in self.lines[element.sourceline - 1 :][: value.count("\n") + 1]):
                    self.say(message, f"&{name}; in {value}")

    def html(self, value, where):
        """HTML that can be shown anywhere."""
        for raw in re.findall(r"<(?![A-Za-z/!?])", value):
            self.say("NotHtml", f"a bare < in {where}")
        for name in re.findall(r"</?([A-Za-z][\w:-]*)", value):
            if name.lower() not in HTML:
                self.say("NotHtml" if name.lower() not in ("script", "style", "iframe", "object", "embed", "form") else "SecurityRisk", f"{name} in {where}")
        tree = html5lib.parseFragment(value, treebuilder="lxml", namespaceHTMLElements=False)
        for e in (e for part in tree if not isinstance(part, str) for e in part.iter(etree.Element)):
            for key, link in e.attrib.items():
                if key.startswith("on") or key == "style":
                    self.say("SecurityRiskAttr", f"{key} in {where}")
                if key in URLS and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", link.strip()):
                    self.say("ContainsRelRef", f"{key}={link} in {where}")

    def link(self, value):
        """An absolute address as RFC 3986 section 6 writes it."""
        parts = urllib.parse.urlsplit(value or "")
        if not parts.scheme or not parts.netloc:
            return self.say("InvalidFullLink", value)
        if not URI.match(value):
            self.say("InvalidURI", value)
        lower = parts.netloc.lower()
        dots = any(p in (".", "..") for p in parts.path.split("/"))
        escapes = any(e != e.upper() or chr(int(e[1:], 16)) in "-._~" or chr(int(e[1:], 16)).isalnum() and int(e[1:], 16) < 128 for e in re.findall(r"%[0-9A-Fa-f]{2}", value))
        if parts.netloc != lower or parts.scheme != parts.scheme.lower() or not parts.path or dots or escapes or re.search(r":(80|443)$", lower) and parts.scheme == {"80": "http", "443": "https"}[lower.rsplit(":", 1)[1]]:
            self.say("NonCanonicalURI", value)

    def identity(self, value):
        if value.startswith("tag:") and not TAG.match(value):
            self.say("InvalidTAG", value)
        elif value.startswith("http"):
            self.link(value)
        elif re.match(r"^[a-z][a-z0-9+.-]*:", value) is None:
            self.say("InvalidFullLink", value)

    def number(self, value, least=0):
        if value is not None and not (value.isdigit() and int(value) >= least):
            self.say("InvalidIntegerAttribute", value)

    def plausible(self, moment):
        if not (datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc) <= moment <= self.now + datetime.timedelta(days=1)):
            self.say("ImplausibleDate", moment)

    def rfc822(self, value):
        try:
            moment = email.utils.parsedate_to_datetime(value)
        except (ValueError, TypeError):
            return self.say("InvalidRFC2822Date", value)
        if not re.match(r"^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (\+0000|GMT)$", value):
            self.say("ProblematicalRFC822Date", value)
        if value[:3] != moment.strftime("%a"):
            self.say("IncorrectDOW", value)
        self.plausible(moment)

    def rfc3339(self, value):
        if not RFC3339.match(value):
            return self.say("InvalidRFC3339Date", value)
        self.plausible(datetime.datetime.fromisoformat(value.replace("Z", "+00:00")))

    def links(self, element, required):
        seen = collections.defaultdict(list)
        for link in element.findall(ATOM + "link"):
            self.link(link.get("href"))
            if link.get("type") and not MIME.match(link.get("type")):
                self.say("InvalidMIMEType", link.get("type"))
            self.number(link.get("length"))
            seen[link.get("rel", "alternate")].append(link)
        if not required:
            return
        if len(seen["self"]) != 1:
            return self.say("MissingSelf")
        feeds = self.path.parts.index("feeds")
        here = "/".join(self.path.parts[feeds + 2 :])
        if not urllib.parse.unquote(seen["self"][0].get("href")).endswith("/" + here) and not self.is_alias(seen["self"][0].get("href")):
            self.say("SelfDoesntMatchLocation", seen["self"][0].get("href"))
        if element.find(HISTORY + "archive") is not None and not seen["prev-archive"] + seen["next-archive"]:
            self.say("ArchiveIncomplete")
        if element.find(HISTORY + "complete") is not None and seen["prev-archive"]:
            self.say("CurrentNotSelfInCompleteFeed")

    def media(self, element):
        for c in element.iter(MEDIA + "content"):
            self.link(c.get("url"))
            self.number(c.get("fileSize"), 1)
            self.number(c.get("duration"), 1)
            if c.get("medium") not in (None, "image", "audio", "video", "document", "executable"):
                self.say("InvalidMediaMedium", c.get("medium"))
        for c in element.iter(MEDIA + "thumbnail"):
            self.link(c.get("url"))
        for name in "duration", "episode", "season":
            for c in element.findall(ITUNES + name):
                self.number(c.text, 1)

    def unique(self, ids):
        for known, count in collections.Counter(ids).items():
            if count > 1:
                self.say("DuplicateValue", known)

    # RSS 2.0

    def rss(self, root):
        channel = root.find("channel")
        self.children(channel, CHANNEL)
        for name in "title", "link", "description":
            if not (channel.findtext(name) or "").strip():
                self.say("Missing" + name.capitalize())
        for name in "title", "description", "copyright":
            for e in channel.findall(name):
                self.text(e, "ContainsHTML")
        self.link(channel.findtext("link"))
        self.links(channel, True)
        for date in channel.findall("lastBuildDate") + channel.findall("pubDate"):
            self.rfc822(date.text)
        self.number(channel.findtext("ttl"), 1)
        if (language := channel.findtext("language")) and not LANGUAGE.match(language):
            self.say("InvalidLanguage", language)
        for image in channel.findall("image"):
            if image.findtext("link") != channel.findtext("link"):
                self.say("ImageLinkDoesntMatch")
            if image.findtext("title") != channel.findtext("title"):
                self.say("ImageTitleDoesntMatch")
            if not urllib.parse.urlsplit(image.findtext("url")).path.lower().endswith(MIME_PICTURES):
                self.say("ImageUrlFormat", image.findtext("url"))
        items = channel.findall("item")
        for item in items:
            self.item(item)
        self.unique(i.findtext("guid") for i in items)

    def item(self, item):
        self.children(item, ITEM)
        names = [c.tag for c in item.iterchildren(etree.Element)]
        if "title" not in names and "description" not in names:
            self.say("ItemMustContainTitleOrDescription")
        if CONTENT + "encoded" in names and "description" not in names[: names.index(CONTENT + "encoded")]:
            self.say("NeedDescriptionBeforeContent", item.findtext("guid"))
        for e in item.findall("title"):
            self.text(e, "ContainsHTML")
        for e in item.findall("description") + item.findall(CONTENT + "encoded"):
            if not (e.text or "").strip():
                self.say("NotBlank", etree.QName(e).localname)
            self.html(e.text or "", item.findtext("guid"))
        for link in item.findall("link"):
            self.link(link.text)
        for date in item.findall("pubDate"):
            self.rfc822(date.text)
        guid = item.find("guid")
        if guid is None or not (guid.text or "").strip():
            self.say("MissingGuid")
        elif guid.get("isPermaLink", "true") == "true":
            self.link(guid.text)
        for e in item.findall("enclosure"):
            self.link(e.get("url"))
            self.number(e.get("length", ""))
            if not MIME.match(e.get("type", "")):
                self.say("InvalidMIMEType", e.get("type"))
        self.media(item)

    # Atom 1.0

    def atom(self, feed):
        self.children(feed, FEED, ATOM)
        self.construct(feed, ("id", "title", "updated"), ("title", "subtitle", "rights"))
        self.links(feed, True)
        for language in feed.xpath("//@xml:lang"):
            if not LANGUAGE.match(language):
                self.say("InvalidLanguage", language)
        entries = feed.findall(ATOM + "entry")
        for entry in entries:
            self.children(entry, ENTRY, ATOM)
            self.construct(entry, ("id", "title", "updated"), ("title", "summary", "rights"))
            self.links(entry, False)
            content = entry.find(ATOM + "content")
            if not any(link.get("rel", "alternate") == "alternate" for link in entry.findall(ATOM + "link")) and content is None:
                self.say("MissingAlternate", entry.findtext(ATOM + "id"))
            if content is not None and content.get("type") == "html":
                self.html(content.text or "", entry.findtext(ATOM + "id"))
            if not (entry.findall(ATOM + "author") or feed.findall(ATOM + "author")):
                self.say("MissingElement", "author")
            for date in entry.findall(ATOM + "published"):
                self.rfc3339(date.text)
            self.media(entry)
        self.unique(e.findtext(ATOM + "id") for e in entries)

    def construct(self, element, required, texts):
        for name in required:
            found = element.find(ATOM + name)
            if found is None:
                self.say("MissingElement", name)
            elif not (found.text or "").strip():
                self.say("NotBlank", name)
        self.identity(element.findtext(ATOM + "id") or "")
        self.rfc3339(element.findtext(ATOM + "updated") or "")
        for e in (e for name in texts for e in element.findall(ATOM + name)):
            if e.get("type", "text") == "html":
                self.html(e.text or "", name)
            else:
                self.text(e, "ContainsUndeclaredHTML")
        for person in element.findall(ATOM + "author"):
            if not (person.findtext(ATOM + "name") or "").strip():
                self.say("MissingElement", "name")
            if (mail := person.findtext(ATOM + "email")) and not re.match(r"^[^\s@<>]+@[^\s@<>]+$", mail):
                self.say("InvalidEmail", mail)
            if uri := person.findtext(ATOM + "uri"):
                self.link(uri)


for name in sys.argv[1:]:
    judged = Feed(name)
    judged.judge()
    for fault, why in judged.faults:
        print(f"{name}\t{fault}\t{why}")
