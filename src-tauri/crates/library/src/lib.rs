//! Projects on disk: SQLite and blobs.
