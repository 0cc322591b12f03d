package dev.tenon.store.sql;

import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** On H2, with the settings of the embedded database. */
class H2ExpressionAgreementTest extends ExpressionAgreementContract {

    @Override
    DSLContext open() {
        String url = "jdbc:h2:mem:expressions;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";
        try {
            return DSL.using(java.sql.DriverManager.getConnection(url), SQLDialect.H2, settings());
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
