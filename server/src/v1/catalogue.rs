//! `/v1/artists`, `/v1/videos`, `/v1/products` and `/v1/retailers`
//!
//! The same handlers serve all four; [`Resource`](resource::Resource) has the differences. Fields have
//! the same shape in requests and responses, so a client can edit what it has read and send it back.

mod artists;
mod changes;
mod collection;
mod conditions;
mod entity;
mod entity_change;
mod entity_list_params;
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
