//! The audit log: decisions about entities of other accounts, with the actor and the time.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    clock::{Clock, unix_milliseconds},
    documents::{Collection, Documents, StoreError},
    encoding::encode,
};

/// The collection of decisions; ids are UUIDv7, so they rise with time.
pub(crate) static AUDIT: Collection = Collection {
    name: "audit",
    indexed: &["subject"],
    max_body_bytes: 4 * 1024,
};

/// A decision as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct AuditRecord {
    /// Milliseconds since 1970.
    at: i64,
    /// The id of the account that decided, or `system` for a command of the operator.
    actor: String,
    /// The decision, such as `retailer.approved`.
    action: String,
    /// The id of the account or entity that the decision is about.
    subject: String,
}

/// The audit log. Entries are only added.
#[derive(Clone, Debug)]
pub(crate) struct Audit {
    documents: Arc<dyn Documents>,
    clock: Arc<dyn Clock>,
}

impl Audit {
    pub(crate) fn new(documents: Arc<dyn Documents>, clock: Arc<dyn Clock>) -> Self {
        Self { documents, clock }
    }

    /// Records a decision. Call it before the decision takes effect, so that no decision is
    /// unrecorded, even if the process dies.
    pub(crate) async fn record_decision(
        &self,
        actor: &str,
        action: &str,
        subject: &str,
    ) -> Result<(), StoreError> {
        let id = format!("aud_{}", Uuid::now_v7().simple());
        let body = encode(&AuditRecord {
            at: unix_milliseconds(self.clock.now()),
            actor: actor.to_owned(),
            action: action.to_owned(),
            subject: subject.to_owned(),
        })?;
        match self.documents.create(&AUDIT, &id, body).await {
            // Ids are unique, so an existing document is this one: the store has retried the write.
            Ok(_) | Err(StoreError::Exists) => {}
            Err(error) => return Err(error),
        }
        tracing::info!(actor, action, subject, "decided");
        Ok(())
    }
}
