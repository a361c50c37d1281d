import Core
import Ledger
import Web

/// Where the pages of cases are, and those of others that they lead to.
extension Address {
    static let cases = Address("cases")
    static let newCase = Address("cases", "new")
    static let myCases = Address("my", "cases")
    static let received = Address("my", "cases", "received")
    static let procedures = Address("admin", "procedures")

    static func newCase(_ procedure: String) -> Address { Address("cases", "new", procedure) }

    static func `case`(_ id: Record.ID) -> Address { Address("cases", id.text) }

    /// Where the form of a step of a case is sent.
    static func step(_ step: String, of id: Record.ID) -> Address {
        Address("cases", id.text, "steps", step)
    }

    /// Where the form of a named act on a case is sent.
    static func act(_ act: CasePart.Act, of id: Record.ID) -> Address {
        Address("cases", id.text, act.rawValue)
    }

    static func procedure(_ id: String) -> Address { Address("procedures", id) }

    static func keptProcedure(_ id: String) -> Address { Address("admin", "procedures", id) }

    static func evidence(_ file: Evidence.ID, of record: Record.ID) -> Address {
        Address("records", record.text, "evidence", file.text)
    }

    static func record(_ id: Record.ID) -> Address { Address("records", id.text) }
}
