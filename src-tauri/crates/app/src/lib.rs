//! The composition root and the words any front end speaks.
