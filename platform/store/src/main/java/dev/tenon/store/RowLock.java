package dev.tenon.store;

/** What a transaction locks rows for, until it ends. */
public enum RowLock {
    /** Rows that are going to be referred to: nobody deletes them. Where the database can, others refer to them and change them meanwhile. */
    REFER,
    /** Rows that are going to be changed; the transaction is the only one. */
    CHANGE,
    /** Rows that are going to be deleted: waits, too, for those who refer to them. */
    DELETE
}
