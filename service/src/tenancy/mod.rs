//! Organisations: who enters them, how they look, who belongs to them.

mod accommodation;
mod admit;
mod create;
mod enter;
mod hold;
mod invitation;
mod invite;
mod join;
mod logo;
mod mine;
mod path;
mod people;
mod settings;

pub(crate) use accommodation::given;
pub use accommodation::{accommodation, set_accommodation};
pub use admit::add_member;
pub use create::{NewTenant, create, list};
pub use enter::{Tenant, enter};
pub(crate) use hold::hold_member;
pub use invitation::{Invited, accept_invitation, invitation};
pub use invite::{Invitation, InvitationState, invitations, invite, revoke_invitation};
pub use join::{Joining, join, joining};
pub use logo::{remove_logo, set_logo};
pub use mine::{Belonging, mine};
pub(crate) use path::path;
pub use people::{Member, PeopleFilter, change_role, end_membership, member, people};
pub use settings::{Settings, SettingsForm, settings, update_settings};
