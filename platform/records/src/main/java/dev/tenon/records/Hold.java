package dev.tenon.records;

import java.util.UUID;

/** What stands against changing a record, whoever has put it there. Each room that holds records has kinds of its own. */
public interface Hold {

    /** The id of the record that is held. */
    UUID record();
}
