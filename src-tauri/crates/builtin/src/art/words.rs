//! Words: singular forms, head nouns, and the small closed lists of words that change a search.
