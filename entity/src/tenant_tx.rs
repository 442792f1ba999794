//! A transaction that sees one tenant.
//!
//! The connection inside is private: a query on a tenant's table can only be
//! written through [`TenantTx`], and every one it builds names the tenant.
//! Forgetting the filter is not a mistake one can make.

use domain::id::TenantId;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DatabaseTransaction, DbErr, DeleteMany, EntityTrait, ExprTrait,
    FromQueryResult, IntoActiveModel, IntoSimpleExpr, JoinType, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationDef, Select, UpdateMany,
    sea_query::{Expr, IntoCondition, LockType, OnConflict, SimpleExpr},
};

/// An entity whose rows belong to a tenant.
pub trait TenantOwned: EntityTrait {
    /// The column that says to which.
    const TENANT: Self::Column;
}

/// A transaction for one tenant. Dropped without [`commit`](Self::commit), it
/// leaves nothing behind.
#[derive(Debug)]
pub struct TenantTx {
    inner: DatabaseTransaction,
    tenant: TenantId,
}

impl TenantTx {
    /// Wraps a transaction that was opened for `tenant`; on `PostgreSQL` the
    /// opener has told row-level security so as well.
    #[must_use]
    pub fn new(inner: DatabaseTransaction, tenant: TenantId) -> Self {
        Self { inner, tenant }
    }

    /// Whose rows these are.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// The tenant's rows of `E`.
    #[must_use]
    pub fn rows<E: TenantOwned>(&self) -> Rows<'_, E> {
        Rows {
            tx: self,
            select: E::find().filter(E::TENANT.eq(self.tenant.0)),
        }
    }

    /// Stores a new row. The tenant is set here, whatever the row says.
    pub async fn insert<E>(&self, row: E::Model) -> Result<(), DbErr>
    where
        E: TenantOwned,
        E::Model: IntoActiveModel<E::ActiveModel>,
        E::ActiveModel: Send,
    {
        E::insert(self.owned::<E>(row))
            .exec_without_returning(&self.inner)
            .await
            .map(drop)
    }

    /// Stores many new rows in one statement; none is fine.
    pub async fn insert_many<E>(&self, rows: Vec<E::Model>) -> Result<(), DbErr>
    where
        E: TenantOwned,
        E::Model: IntoActiveModel<E::ActiveModel>,
        E::ActiveModel: Send,
    {
        if rows.is_empty() {
            return Ok(());
        }
        let rows: Vec<_> = rows.into_iter().map(|row| self.owned::<E>(row)).collect();
        E::insert_many(rows)
            .exec_without_returning(&self.inner)
            .await
            .map(drop)
    }

    /// Stores a new row unless one with the same `key` columns is there
    /// already. Says whether it was stored.
    pub async fn insert_new<E>(
        &self,
        row: E::Model,
        key: impl IntoIterator<Item = E::Column>,
    ) -> Result<bool, DbErr>
    where
        E: TenantOwned,
        E::Model: IntoActiveModel<E::ActiveModel>,
        E::ActiveModel: Send,
    {
        let stored = E::insert(self.owned::<E>(row))
            .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
            .exec_without_returning(&self.inner)
            .await?;
        Ok(stored > 0)
    }

    /// Stores a row, or changes the `values` columns of the one with the same
    /// `key` columns.
    pub async fn upsert<E>(
        &self,
        row: E::Model,
        key: impl IntoIterator<Item = E::Column>,
        values: impl IntoIterator<Item = E::Column>,
    ) -> Result<(), DbErr>
    where
        E: TenantOwned,
        E::Model: IntoActiveModel<E::ActiveModel>,
        E::ActiveModel: Send,
    {
        E::insert(self.owned::<E>(row))
            .on_conflict(OnConflict::columns(key).update_columns(values).to_owned())
            .exec_without_returning(&self.inner)
            .await
            .map(drop)
    }

    /// Changes to the tenant's rows of `E`.
    #[must_use]
    pub fn change<E: TenantOwned>(&self) -> Changes<'_, E> {
        Changes {
            tx: self,
            update: E::update_many().filter(E::TENANT.eq(self.tenant.0)),
        }
    }

    /// Removal of the tenant's rows of `E`.
    #[must_use]
    pub fn remove<E: TenantOwned>(&self) -> Removal<'_, E> {
        Removal {
            tx: self,
            delete: E::delete_many().filter(E::TENANT.eq(self.tenant.0)),
        }
    }

    /// Makes everything done here permanent, at once.
    pub async fn commit(self) -> Result<(), DbErr> {
        self.inner.commit().await
    }

    /// The connection, for tables that no tenant owns (the outbox, people).
    /// A tenant's table must not be reached this way.
    #[must_use]
    pub fn unowned(&self) -> &DatabaseTransaction {
        &self.inner
    }

    fn owned<E>(&self, row: E::Model) -> E::ActiveModel
    where
        E: TenantOwned,
        E::Model: IntoActiveModel<E::ActiveModel>,
    {
        // `reset_all` because a model turned into an active model is "unchanged".
        let mut row = row.into_active_model().reset_all();
        row.set(E::TENANT, self.tenant.0.into());
        row
    }
}

/// A question about the tenant's rows of `E`.
#[derive(Debug, Clone)]
pub struct Rows<'tx, E: EntityTrait> {
    tx: &'tx TenantTx,
    select: Select<E>,
}

impl<E: TenantOwned> Rows<'_, E> {
    /// Only those for which `condition` holds.
    #[must_use]
    pub fn filter(mut self, condition: impl IntoCondition) -> Self {
        self.select = self.select.filter(condition.into_condition());
        self
    }

    /// Only those joined to a row of another table by `relation`.
    #[must_use]
    pub fn join(mut self, kind: JoinType, relation: RelationDef) -> Self {
        self.select = self.select.join(kind, relation);
        self
    }

    /// Smallest first.
    #[must_use]
    pub fn asc(mut self, column: impl IntoSimpleExpr) -> Self {
        self.select = self.select.order_by(column, Order::Asc);
        self
    }

    /// Largest first.
    #[must_use]
    pub fn desc(mut self, column: impl IntoSimpleExpr) -> Self {
        self.select = self.select.order_by(column, Order::Desc);
        self
    }

    /// At most that many.
    #[must_use]
    pub fn limit(mut self, most: u64) -> Self {
        self.select = self.select.limit(most);
        self
    }

    /// Without the first so many.
    #[must_use]
    pub fn offset(mut self, first: u64) -> Self {
        self.select = self.select.offset(first);
        self
    }

    /// Held until the transaction ends. (`SQLite` has one writer at a time and
    /// needs no lock.) Rows that name a held one by its key can still be stored:
    /// nobody changes keys.
    #[must_use]
    pub fn locked(mut self) -> Self {
        self.select = self.select.lock(LockType::NoKeyUpdate);
        self
    }

    /// Kept as they are until the transaction ends, by as many as like.
    #[must_use]
    pub fn kept(mut self) -> Self {
        self.select = self.select.lock(LockType::Share);
        self
    }

    /// The first, if any.
    pub async fn one(self) -> Result<Option<E::Model>, DbErr> {
        self.select.one(&self.tx.inner).await
    }

    /// All of them.
    pub async fn all(self) -> Result<Vec<E::Model>, DbErr> {
        self.select.all(&self.tx.inner).await
    }

    /// How many there are.
    pub async fn count(self) -> Result<u64, DbErr>
    where
        E::Model: Sync,
        E: EntityTrait,
    {
        PaginatorTrait::count(self.select, &self.tx.inner).await
    }

    /// Some columns of all of them, as `T`.
    pub async fn columns<T: FromQueryResult>(
        self,
        columns: impl IntoIterator<Item = E::Column>,
    ) -> Result<Vec<T>, DbErr> {
        self.select
            .select_only()
            .columns(columns)
            .into_model::<T>()
            .all(&self.tx.inner)
            .await
    }

    /// `expressions` over all of them, grouped by `groups`, as `T`.
    pub async fn grouped<T: FromQueryResult>(
        self,
        groups: impl IntoIterator<Item = E::Column>,
        expressions: impl IntoIterator<Item = (SimpleExpr, &'static str)>,
    ) -> Result<Vec<T>, DbErr> {
        let mut select = self.select.select_only();
        for column in groups {
            select = select.column(column).group_by(column);
        }
        for (expression, name) in expressions {
            select = select.column_as(expression, name);
        }
        select.into_model::<T>().all(&self.tx.inner).await
    }
}

/// Changes to the tenant's rows of `E`.
#[derive(Debug)]
pub struct Changes<'tx, E: EntityTrait> {
    tx: &'tx TenantTx,
    update: UpdateMany<E>,
}

impl<E: TenantOwned> Changes<'_, E> {
    /// Only those for which `condition` holds.
    #[must_use]
    pub fn filter(mut self, condition: impl IntoCondition) -> Self {
        self.update = self
            .update
            .filter(Condition::all().add(condition.into_condition()));
        self
    }

    /// Gives `column` a value.
    #[must_use]
    pub fn set(mut self, column: E::Column, value: impl Into<sea_orm::Value>) -> Self {
        self.update = self.update.col_expr(column, Expr::value(value.into()));
        self
    }

    /// Adds `amount` to `column`.
    #[must_use]
    pub fn add(mut self, column: E::Column, amount: i64) -> Self {
        self.update = self.update.col_expr(column, Expr::col(column).add(amount));
        self
    }

    /// Changes them; says how many there were.
    pub async fn apply(self) -> Result<u64, DbErr> {
        self.update
            .exec(&self.tx.inner)
            .await
            .map(|done| done.rows_affected)
    }
}

/// Removal of the tenant's rows of `E`.
#[derive(Debug)]
pub struct Removal<'tx, E: EntityTrait> {
    tx: &'tx TenantTx,
    delete: DeleteMany<E>,
}

impl<E: TenantOwned> Removal<'_, E> {
    /// Only those for which `condition` holds.
    #[must_use]
    pub fn filter(mut self, condition: impl IntoCondition) -> Self {
        self.delete = self
            .delete
            .filter(Condition::all().add(condition.into_condition()));
        self
    }

    /// Removes them; says how many there were.
    pub async fn apply(self) -> Result<u64, DbErr> {
        self.delete
            .exec(&self.tx.inner)
            .await
            .map(|done| done.rows_affected)
    }
}
