import Catalogue
import Core
import Ledger
import Organization
import Storage

/// The statements: members listed for a trace, or added up by the database.
extension Members {
    /// An extra column to group or list by, with the table it is read from.
    struct Key {
        /// What it is, for who does not ask by statement.
        enum Of {
            /// The unit of a form above each member.
            case form(String)
            case subject(String)
            case field(String)
            /// The unit of each member, or the one that stands for it.
            case follower
            /// Of several units asked for, the one it counts for.
            case asked
            case month, week, record
            /// The days of a standing thing, and those on which it stood below the unit.
            case began, ended, placedFrom, placedTo
            /// Anything else a statement may list.
            case statement
        }

        let name: String
        let value: SQL
        var join: SQL = .empty
        var condition: SQL = .empty
        var of = Of.statement
    }

    /// The unit of a form above each member.
    func key(form: String, as name: String) -> Key {
        let alias = name + "_unit"
        let unit: SQL = readsUnits ? "s.unit_id" : unitColumn
        let on: SQL = readsUnits ? "\(question.mapDay)" : structureDay
        return Key(
            name: name, value: "\(name: alias).ancestor_id",
            join: "reach AS \(name: alias)",
            condition: "\(reach(alias, unit: unit, on: on)) AND \(name: alias).form = \(form)",
            of: .form(form))
    }

    func key(subject: String, as name: String) -> Key {
        let alias = name + "_subject"
        return Key(
            name: name, value: "\(name: alias).code",
            join: "record_subject AS \(name: alias)",
            condition: "\(name: alias).record_id = f.id AND \(name: alias).kind = \(subject)",
            of: .subject(subject))
    }

    /// What a field of each member says.
    func key(field: String, as name: String) -> Key {
        Key(name: name, value: "(f.fields ->> \(literal(field)))", of: .field(field))
    }

    /// The unit of each member, or the one that stands for it.
    func keyOfFollower(as name: String) -> Key {
        Key(name: name, value: follower(of: "f.unit_id"), of: .follower)
    }

    /// One row for each member: id, day, unit, what is told apart, what is added up, and keys.
    func rows(_ keys: [Key] = [], limit: Int? = nil) -> SQL {
        let id: SQL = readsUnits ? "s.unit_id" : "f.id"
        var sql: SQL = """
            \(with) SELECT \(id) AS id, \(day) AS day,
                \(readsUnits ? "s.unit_id" : unitColumn) AS unit_id,
                \(who) AS who, \(amount) AS amount\(columns(keys))
            \(body(keys))
            """
        sql += " ORDER BY \(day), \(id)"
        if let limit { sql += " LIMIT \(limit)" }
        return sql
    }

    /// The members added up by the database, for each combination of the keys.
    func counted(_ keys: [Key] = []) -> SQL {
        let id: SQL = readsUnits ? "DISTINCT s.unit_id" : repeats ? "DISTINCT f.id" : "*"
        var sql: SQL = """
            \(with) SELECT COUNT(\(id)) AS records, COUNT(DISTINCT \(who)) AS told,
                SUM(\(amount)) AS total, MAX(\(amount)) AS largest\(columns(keys))
            \(body(keys))
            """
        if !keys.isEmpty {
            sql += " GROUP BY " + keys.map(\.value).joined(separator: ", ")
        }
        return sql
    }

    var with: SQL {
        tables.isEmpty ? "" : "WITH " + tables.joined(separator: ", ")
    }

    func columns(_ keys: [Key]) -> SQL {
        keys.map { ", \($0.value) AS \(name: $0.name)" as SQL }.joined(separator: "")
    }

    func body(_ keys: [Key]) -> SQL {
        // The units below come first, then their records by kind, then what belongs to each:
        // CROSS JOIN keeps SQLite to that order, which without statistics would read the kind, or
        // every subject, in the whole district. Asked for the whole district, it is the other way
        // about: its records, not every unit.
        let source: SQL =
            readsUnits
            ? "reach AS k CROSS JOIN reach AS s"
            : isWhole
                ? "\(fact.source) CROSS JOIN reach AS k"
                : "reach AS k CROSS JOIN \(fact.source)"
        let all = conditions + keys.map(\.condition).filter { !$0.isEmpty }
        var sources = [source]
        sources += joins
        sources += keys.map(\.join).filter { !$0.isEmpty }
        return """
            FROM \(sources.joined(separator: " CROSS JOIN "))
            WHERE \(all.joined(separator: " AND "))
            """
    }
}
