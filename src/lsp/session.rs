//! What the server knows: the client, the open buffers, and the cities they lie in.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use lsp_types::Location;
use serde_json::Value;

use crate::city::{City, CityFile};
use crate::error::Error;
use crate::lang::Lang;
use crate::lsp::background::Judged;
use crate::lsp::documents::{Change, Document};
use crate::lsp::encoding::{Encoding, Lines};
use crate::lsp::intake::Event;
use crate::lsp::server::Options;
use crate::lsp::site::{Known, Site};
use crate::lsp::uri;
use crate::place::{FileId, Place, Span};
use crate::shape::FileKind;
use crate::store::{find_root, is_dropping, is_yaml_name, relative};

/// What the client said of itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Client {
    /// The unit of columns.
    pub(super) encoding: Encoding,
    /// Its locale.
    pub(super) lang: Option<Lang>,
    /// Takes snippets in completions.
    pub(super) snippets: bool,
    /// Takes edits with versions and new files.
    pub(super) document_changes: bool,
    /// Shows other places of a diagnostic.
    pub(super) related: bool,
    /// Shows an outline as a tree.
    pub(super) outline: bool,
    /// Lets the server ask to be told of changes on the disk.
    pub(super) watches: bool,
    /// Fetches texts under the scheme `kpolicy:`.
    pub(super) pages: bool,
    /// Can be asked to refresh lenses and hints.
    pub(super) refreshes: [bool; 2],
}

/// All that the server knows.
pub(super) struct Session {
    /// How it was started.
    pub(super) options: Options,
    /// The client.
    pub(super) client: Client,
    /// Open buffers, by address.
    documents: BTreeMap<String, Document>,
    /// Cities, by folder.
    pub(super) sites: BTreeMap<PathBuf, Site>,
    /// Where threads tell that they are done.
    events: Sender<Event>,
    /// True where the client does not know yet what the last refresh found.
    pub(super) untold: bool,
    /// Why a city could not be read, once each.
    pub(super) trouble: Vec<Error>,
    /// Lines of closed files that were pointed into last.
    lines: RefCell<VecDeque<(Arc<CityFile>, Rc<Lines>)>>,
}

/// Closed files whose lines are kept: those of the policy side, and a few plans.
const CLOSED: usize = 16;

/// A buffer in its city: what a request is about.
#[derive(Clone, Copy)]
pub(super) struct Here<'s> {
    /// Everything.
    pub(super) session: &'s Session,
    /// The city.
    pub(super) site: &'s Site,
    /// The buffer.
    pub(super) document: &'s Document,
    /// Its path below the city's folder.
    pub(super) path: &'s str,
    /// Its file.
    pub(super) id: FileId,
    /// The language to speak.
    pub(super) lang: Lang,
}

impl Session {
    pub(super) fn new(options: Options, client: Client, events: Sender<Event>) -> Session {
        Session {
            options,
            client,
            events,
            documents: BTreeMap::new(),
            sites: BTreeMap::new(),
            untold: false,
            trouble: Vec::new(),
            lines: RefCell::default(),
        }
    }

    /// Opens the cities of the client's folders.
    pub(super) fn begin(&mut self, params: &Value) {
        let folders = params.get("workspaceFolders").and_then(Value::as_array);
        let mut addresses: Vec<&str> =
            folders.into_iter().flatten().filter_map(|folder| folder.get("uri")?.as_str()).collect();
        if addresses.is_empty() {
            addresses.extend(params.get("rootUri").and_then(Value::as_str));
        }
        let mut places: Vec<PathBuf> = addresses.into_iter().filter_map(uri::path).collect();
        if places.is_empty() {
            places.extend(params.get("rootPath").and_then(Value::as_str).map(PathBuf::from));
        }
        if let Some(root) = self.options.root.clone() {
            self.site_at(root);
            return;
        }
        for place in places {
            if let Ok(root) = find_root(&place) {
                self.site_at(root);
            }
        }
    }

    /// The city at a folder, opened if need be.
    fn site_at(&mut self, root: PathBuf) -> Option<&mut Site> {
        if !self.sites.contains_key(&root) {
            match Site::open(root.clone(), &self.options) {
                Ok(site) => _ = self.sites.insert(root.clone(), site),
                Err(error) => {
                    self.trouble.push(error);
                    return None;
                }
            }
        }
        self.sites.get_mut(&root)
    }

    /// The city's folder and the path below it, of a plan or policy file.
    fn home(&self, path: &Path) -> Option<(PathBuf, String)> {
        let name = path.file_name()?.to_string_lossy();
        if !is_yaml_name(&name) || is_dropping(&name) {
            return None;
        }
        let own = self.options.root.as_ref().filter(|root| path.starts_with(root));
        let root = own.cloned().or_else(|| find_root(path.parent()?).ok())?;
        let below = relative(&root, path)?;
        (below.starts_with("policy/") || below.starts_with("departments/")).then_some((root, below))
    }

    /// A buffer was opened.
    pub(super) fn open(&mut self, uri: String, version: i32, text: String) {
        let mut document = Document::new(uri.clone(), version, text, self.client.encoding);
        document.home = uri::path(&uri).and_then(|path| self.home(&path));
        if let Some((root, path)) = document.home.clone()
            && let Some(site) = self.site_at(root)
        {
            site.lay_over(&path, &document.text);
        }
        self.documents.insert(uri, document);
    }

    /// A buffer was edited.
    pub(super) fn edit(&mut self, uri: &str, version: i32, changes: Vec<Change>) {
        let Some(document) = self.documents.get_mut(uri) else { return };
        document.apply(changes, version);
        if let Some((root, path)) = &document.home
            && let Some(site) = self.sites.get_mut(root)
        {
            site.lay_over(path, &document.text);
        }
    }

    /// A buffer was closed.
    pub(super) fn close(&mut self, uri: &str) {
        let Some(document) = self.documents.remove(uri) else { return };
        let Some((root, path)) = document.home else { return };
        let done = self.sites.get_mut(&root).map(|site| site.take_off(&path));
        self.trouble.extend(done.and_then(Result::err));
    }

    /// Files changed on the disk.
    pub(super) fn touched(&mut self, addresses: &[String]) {
        let places: Vec<(PathBuf, String)> =
            addresses.iter().filter_map(|address| self.home(&uri::path(address)?)).collect();
        for (root, path) in places {
            if let Some(site) = self.sites.get_mut(&root) {
                site.touched(&path);
            }
        }
        self.rescan();
    }

    /// Looks at the disk again.
    pub(super) fn rescan(&mut self) {
        let troubles = self.sites.values_mut().filter_map(|site| site.rescan().err());
        self.trouble.extend(troubles);
    }

    /// Reads what changed, so that questions can be answered.
    pub(super) fn read(&mut self) {
        let troubles = self.sites.values_mut().filter_map(|site| site.read().err());
        self.trouble.extend(troubles);
    }

    /// Judges what changed.
    pub(super) fn judge(&mut self) {
        for site in self.sites.values_mut() {
            match site.judge(&self.events) {
                Ok(changed) => self.untold |= changed,
                Err(error) => self.trouble.push(error),
            }
        }
    }

    /// How long large cities still wait to be judged as a whole; none where none does.
    pub(super) fn waits(&self) -> Option<Duration> {
        self.sites.values().filter_map(Site::waits).max()
    }

    /// Judges large cities that wait for it, on threads of their own.
    pub(super) fn judge_whole(&mut self) {
        self.sites.values_mut().for_each(|site| site.judge_whole(&self.events));
    }

    /// Takes what a thread found.
    pub(super) fn settle(&mut self, judged: Judged) {
        if let Some(site) = self.sites.get_mut(&judged.root) {
            site.settle(judged);
        }
    }

    /// An open buffer.
    pub(super) fn document(&self, uri: &str) -> Option<&Document> {
        self.documents.get(uri)
    }

    /// The open buffer of a file, whatever its address looks like.
    pub(super) fn document_of(&self, site: &Site, path: &str) -> Option<&Document> {
        let is =
            |document: &&Document| document.home.as_ref().is_some_and(|(root, own)| *root == site.root && own == path);
        self.documents.values().find(is)
    }

    /// A buffer in its city.
    pub(super) fn here(&self, uri: &str) -> Option<Here<'_>> {
        let document = self.document(uri)?;
        let (root, path) = document.home.as_ref()?;
        let site = self.sites.get(root)?;
        let id = site.city.find(path)?;
        Some(Here { session: self, site, document, path, id, lang: self.lang(site) })
    }

    /// The language to speak of a city.
    pub(super) fn lang(&self, site: &Site) -> Lang {
        self.options.lang.or_else(|| site.lang()).or(self.client.lang).unwrap_or_default()
    }

    /// The address of a file of a city: the client's own where it is open.
    pub(super) fn address(&self, site: &Site, path: &str) -> String {
        let open = self.document_of(site, path).map(|document| document.uri.clone());
        open.unwrap_or_else(|| uri::address(&site.root.join(path)))
    }

    /// A place of a city as the protocol writes it.
    pub(super) fn location(&self, site: &Site, city: &City, place: Place) -> Option<Location> {
        let file = city.file(place.file);
        let open = self.document_of(site, &file.path);
        let range = match open {
            Some(document) => document.lines.range(&document.text, place.span),
            None => self.range(file, &self.lines_of(city.files.get(place.file.0 as usize)?), place.span),
        };
        Some(Location { uri: uri::typed(&self.address(site, &file.path))?, range })
    }

    /// The lines of a closed file; many findings point into the same few.
    fn lines_of(&self, file: &Arc<CityFile>) -> Rc<Lines> {
        let mut kept = self.lines.borrow_mut();
        if let Some((_, lines)) = kept.iter().find(|(known, _)| Arc::ptr_eq(known, file)) {
            return Rc::clone(lines);
        }
        if kept.len() == CLOSED {
            kept.pop_front();
        }
        let lines = Rc::new(Lines::new(&file.text, self.client.encoding));
        kept.push_back((Arc::clone(file), Rc::clone(&lines)));
        lines
    }

    /// The range of some bytes of a closed file as the editor counts: a byte order mark is
    /// not shown.
    fn range(&self, file: &CityFile, lines: &Lines, span: Span) -> lsp_types::Range {
        let mut range = lines.range(&file.text, span);
        if file.text.starts_with('\u{feff}') {
            let mark = u32::try_from(self.client.encoding.units("\u{feff}")).unwrap_or(1);
            for end in [&mut range.start, &mut range.end] {
                if end.line == 0 {
                    end.character = end.character.saturating_sub(mark);
                }
            }
        }
        range
    }
}

impl<'s> Here<'s> {
    /// The file as it was read.
    pub(super) fn file(&self) -> &'s CityFile {
        self.site.city.file(self.id)
    }

    /// What kind of file it is.
    pub(super) fn kind(&self) -> Option<FileKind> {
        self.file().role.kind
    }

    /// The year that the file belongs to.
    pub(super) fn known(&self) -> Option<Known<'s>> {
        self.site.known(self.site.year_of(self.path)?)
    }

    /// Some bytes of the buffer as a range.
    pub(super) fn range(&self, span: Span) -> lsp_types::Range {
        self.document.lines.range(&self.document.text, span)
    }

    /// The byte at a position of the buffer.
    pub(super) fn offset(&self, position: lsp_types::Position) -> usize {
        self.document.lines.offset(&self.document.text, position)
    }
}
