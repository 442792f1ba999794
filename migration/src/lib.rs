//! The schema and its changes, in order. Each migration runs once and in a
//! transaction; one that has shipped is never edited.

mod statements;

use async_trait::async_trait;
use sea_orm_migration::MigrationTrait;
pub use sea_orm_migration::MigratorTrait;

use statements::Statements;

/// Brings a database to the schema that this version of Cairn needs.
#[derive(Debug)]
pub struct Migrator;

#[async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(Statements {
                name: "m0001_schema",
                both: include_str!("schema/tables.sql"),
                postgres: include_str!("schema/row_level_security.sql"),
            }),
            // When an assessment may be sat, and what people are given to sit it with.
            Box::new(Statements {
                name: "m0002_delivery",
                both: include_str!("schema/delivery.sql"),
                postgres: include_str!("schema/delivery_row_level_security.sql"),
            }),
            // What shows at a start whether the master key is the right one.
            Box::new(Statements {
                name: "m0003_vault_canary",
                both: include_str!("schema/vault_canary.sql"),
                postgres: include_str!("schema/vault_canary_row_level_security.sql"),
            }),
            // Putting right what was asked wrongly, and looking at a result again.
            Box::new(Statements {
                name: "m0004_regrade",
                both: include_str!("schema/regrade.sql"),
                postgres: include_str!("schema/regrade_row_level_security.sql"),
            }),
            // Marking by two assessors, unfinished marks, saved comments.
            Box::new(Statements {
                name: "m0005_marking",
                both: include_str!("schema/marking.sql"),
                postgres: include_str!("schema/marking_row_level_security.sql"),
            }),
            // Badges that do not count for the time being, and what became of each.
            Box::new(Statements {
                name: "m0006_credential_status",
                both: include_str!("schema/credential_status.sql"),
                postgres: include_str!("schema/credential_status_row_level_security.sql"),
            }),
            // The public log of what issuers did with badges.
            Box::new(Statements {
                name: "m0007_transparency",
                both: include_str!("schema/transparency.sql"),
                postgres: include_str!("schema/transparency_row_level_security.sql"),
            }),
            // Which variant of a template an attempt asks.
            Box::new(Statements {
                name: "m0008_variants",
                both: include_str!("schema/variants.sql"),
                postgres: "",
            }),
            // The bank of items: review, tags, search, and what attempts say of each.
            Box::new(Statements {
                name: "m0009_bank",
                both: include_str!("schema/bank.sql"),
                postgres: include_str!("schema/bank_row_level_security.sql"),
            }),
            // Questions that were not taken, kept to be tried again.
            Box::new(Statements {
                name: "m0010_exchange",
                both: include_str!("schema/exchange.sql"),
                postgres: include_str!("schema/exchange_row_level_security.sql"),
            }),
            // Answers that came when the time was up.
            Box::new(Statements {
                name: "m0011_late",
                both: include_str!("schema/late.sql"),
                postgres: include_str!("schema/late_row_level_security.sql"),
            }),
            // Files that learners answer with.
            Box::new(Statements {
                name: "m0012_answer_file",
                both: include_str!("schema/answer_file.sql"),
                postgres: include_str!("schema/answer_file_row_level_security.sql"),
            }),
            // Badges on their way into other wallets.
            Box::new(Statements {
                name: "m0013_wallet_offer",
                both: include_str!("schema/wallet_offer.sql"),
                postgres: include_str!("schema/wallet_offer_row_level_security.sql"),
            }),
        ]
    }
}
