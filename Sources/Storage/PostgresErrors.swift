import CLibPQ

/// What PostgreSQL says about a refused statement.
struct PostgresDiagnosis {
    let code: String
    let message: String
    let table: String?

    init(of result: OpaquePointer?) {
        func field(_ name: Character) -> String? {
            PQresultErrorField(result, CInt(name.asciiValue ?? 0)).map { String(cString: $0) }
        }
        // The letters are the protocol's names of the fields; libpq's own are C macros of
        // character constants, which Swift does not import.
        code = field("C") ?? ""
        message = field("M") ?? ""
        table = field("t")
    }

    var isStalePlan: Bool {
        code == "0A000" && message.contains("cached plan must not change result type")
    }
}

extension DatabaseError {
    /// Class 08 and 57P0x: the server closes the connection or never had it.
    init(_ diagnosis: PostgresDiagnosis, fallback: String) {
        let code = diagnosis.code
        switch code {
        case "55P03", "40001", "40P01": self = .busy
        case "53100": self = .diskFull
        case "25006": self = .readOnly
        case "57014": self = .statementTimeout
        case "57P01", "57P02", "57P03": self = .lostConnection
        case _ where code.hasPrefix("08"): self = .lostConnection
        case _ where code.hasPrefix("23"):
            self = .constraint(
                ConstraintKind(code), table: diagnosis.table, message: diagnosis.message)
        default:
            let message = diagnosis.message.isEmpty ? fallback : diagnosis.message
            self = .other(code: code, message: message)
        }
    }
}

extension ConstraintKind {
    fileprivate init(_ code: String) {
        switch code {
        case "23505": self = .unique
        case "23503": self = .foreignKey
        case "23502": self = .notNull
        case "23514": self = .check
        default: self = .other
        }
    }
}
