//! `/v1/artists`, `/v1/videos`, `/v1/products` and `/v1/retailers`
//!
//! The four are served by the same handlers; [`Resource`](resource::Resource) is what tells them apart. What a read
//! shows can be changed and sent back as it is: fields have the same shape on both ways.

mod artists;
mod changes;
mod collection;
mod conditions;
mod entity;
mod entity_change;
mod list_request;
mod members;
mod moderation;
mod patch;
mod products;
mod request;
mod resource;
mod response;
mod retailers;
mod videos;

pub(crate) use self::{
    changes::{delete, update},
    collection::{create, list},
    entity::{get_entity, restore},
    moderation::{approve, block, reopen},
};
