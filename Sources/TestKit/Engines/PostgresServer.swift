import CLibPQ
import Storage

/// The server for tests, for statements about whole databases: those stand outside of any
/// transaction, which `Database` has none of.
struct PostgresServer: Sendable {
    let url: String

    static func named() throws -> PostgresServer {
        guard let url = Engine.postgresURL else {
            throw DatabaseError.other(
                code: "location", message: "GROUNDWORK_TEST_POSTGRES is not set.")
        }
        return PostgresServer(url: url)
    }

    /// The same address with another database; of two names libpq takes the later.
    func url(of database: String) -> String {
        url + (url.contains("?") ? "&" : "?") + "dbname=" + database
    }

    func run(_ statement: String) throws {
        let handle = PQconnectdb(url)
        defer { PQfinish(handle) }
        let result = PQexec(handle, statement)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else {
            throw DatabaseError.other(
                code: "server", message: String(cString: PQerrorMessage(handle)))
        }
    }
}
