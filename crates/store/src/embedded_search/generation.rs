//! One index: its writer and its snapshots.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use domain::{documents::StoreError, search::IndexEntry};
use tantivy::{
    DocId, Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, SegmentReader,
    TantivyDocument, TantivyError, Term,
    index::SegmentId,
    indexer::{IndexWriterOptions, LogMergePolicy},
};

use super::{
    memory_directory::MemoryDirectory,
    row::StoredFields,
    schema::{ROW, SchemaFields, schema},
    snapshot::Snapshot,
};

/// Memory budget of the writer in bytes: the minimum that tantivy accepts, because a commit clears
/// a table of this size.
const MEMORY: usize = 15_000_000;
/// Size of segments that are merged with each other, in documents; with the default of 10,000, a
/// change of one entry would soon rewrite thousands of others.
const SMALL: u32 = 500;
/// Share of deleted documents above which a segment is rewritten.
const DEAD: f32 = 0.3;

/// Number of snapshots that this process has made, of all its indices.
static SNAPSHOTS: AtomicU64 = AtomicU64::new(0);

/// One index, in memory.
pub(super) struct IndexGeneration {
    fields: SchemaFields,
    writer: IndexWriter,
    reader: IndexReader,
    /// The highest version of each id.
    versions: HashMap<String, u64>,
    rows: HashMap<SegmentId, Arc<SegmentRows>>,
}

impl IndexGeneration {
    pub(super) fn new() -> tantivy::Result<Self> {
        let (schema, fields) = schema();
        let index = Index::create(MemoryDirectory::default(), schema, IndexSettings::default())?;
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(MEMORY)
            .num_worker_threads(1)
            .num_merge_threads(1)
            .build();
        let writer = index.writer_with_options(options)?;
        let mut policy = LogMergePolicy::default();
        policy.set_min_layer_size(SMALL);
        policy.set_del_docs_ratio_before_merge(DEAD);
        writer.set_merge_policy(Box::new(policy));
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Self {
            fields,
            writer,
            reader,
            versions: HashMap::new(),
            rows: HashMap::new(),
        })
    }

    /// Encodes an entry for [`put`](Self::put).
    pub(super) fn document(&self, entry: &IndexEntry) -> TantivyDocument {
        self.fields.document(entry)
    }

    /// Writes an entry unless a newer one is stored. It becomes visible with the next
    /// [`commit`](Self::commit).
    pub(super) fn put(
        &mut self,
        entry: &IndexEntry,
        document: TantivyDocument,
    ) -> tantivy::Result<()> {
        let known = self.versions.get(&entry.id);
        if known.is_some_and(|known| *known > entry.version) {
            return Ok(());
        }
        if known.is_some() {
            let id = Term::from_field_text(self.fields.id, &entry.id);
            self.writer.delete_term(id);
        }
        self.versions.insert(entry.id.clone(), entry.version);
        self.writer.add_document(document)?;
        Ok(())
    }

    /// Makes all writes visible in a new snapshot.
    pub(super) fn commit(&mut self, is_built: bool) -> tantivy::Result<Arc<Snapshot>> {
        self.writer.commit()?;
        self.reader.reload()?;
        let searcher = self.reader.searcher();
        let mut rows = HashMap::new();
        let mut in_order = Vec::new();
        for segment in searcher.segment_readers() {
            let id = segment.segment_id();
            let of_segment = match self.rows.remove(&id) {
                Some(known) => known,
                None => Arc::new(SegmentRows::read(segment)?),
            };
            in_order.push(of_segment.clone());
            rows.insert(id, of_segment);
        }
        self.rows = rows;
        Ok(Arc::new(Snapshot {
            searcher,
            rows: in_order,
            fields: self.fields,
            is_built,
            version: SNAPSHOTS.fetch_add(1, Ordering::Relaxed),
        }))
    }
}

/// The rows of a segment.
#[derive(Debug)]
pub(super) struct SegmentRows {
    rows: Vec<StoredFields>,
    of: Vec<u32>,
}

impl SegmentRows {
    fn read(segment: &SegmentReader) -> tantivy::Result<Self> {
        let lost = || TantivyError::InternalError("a row cannot be read".to_owned());
        let column = segment.fast_fields().bytes(ROW)?.ok_or_else(lost)?;
        let mut stream = column.dictionary().stream()?;
        let mut rows = Vec::with_capacity(column.num_terms());
        while stream.advance() {
            rows.push(StoredFields::decode(stream.key()).ok_or_else(lost)?);
        }
        let of = (0..segment.max_doc()).map(|doc| {
            let row = column.ords().first(doc)?;
            u32::try_from(row).ok()
        });
        let of = of.collect::<Option<_>>().ok_or_else(lost)?;
        Ok(Self { rows, of })
    }

    pub(super) fn of(&self, doc: DocId) -> Option<&StoredFields> {
        let row = *self.of.get(doc as usize)?;
        self.rows.get(row as usize)
    }
}

/// Maps a failure of tantivy: the index is derived, so nothing is lost permanently.
#[expect(
    clippy::needless_pass_by_value,
    reason = "it is handed to `map_err` everywhere"
)]
pub(super) fn failed(error: TantivyError) -> StoreError {
    StoreError::Unavailable(format!("the search index: {error}"))
}
