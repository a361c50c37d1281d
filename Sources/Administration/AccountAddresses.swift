import Accounts
import Core
import Ledger
import Organization
import Web

/// Where the administrators' pages are.
extension Address {
    static let accounts = Address("admin", "accounts")
    static let newAccount = Address("admin", "accounts", "new")
    static let grants = Address("admin", "grants")
    static let releases = Address("admin", "releases")
    static let sealedLists = Address("admin", "sealed")
    static let persons = Address("admin", "persons")
    static let proposals = Address("admin", "persons", "proposals")
    static let catalogue = Address("admin", "catalogue")
    static let audit = Address("admin", "audit")
    static let auditExport = Address("admin", "audit", "export")
    static let sealed = Address("sealed")

    static func account(_ id: Account.ID) -> Address { Address("admin", "accounts", id.text) }
    static func account(_ id: Account.ID, _ change: String) -> Address {
        Address("admin", "accounts", id.text, change)
    }
    static func grants(_ id: Account.ID) -> Address { Address("admin", "grants", id.text) }
    static func endGrant(_ id: Grant.ID, of account: Account.ID) -> Address {
        Address("admin", "grants", account.text, "end", id.text)
    }
    static func codes(_ id: Account.ID) -> Address {
        Address("admin", "grants", id.text, "codes")
    }
    static func release(_ key: String) -> Address { Address("admin", "releases", key) }
    static func refusal(_ key: String) -> Address {
        Address("admin", "releases", key, "refusal")
    }
    static func pass(_ id: Account.ID) -> Address { Address("admin", "grants", id.text, "pass") }
    static func sealedList(_ kind: String) -> Address { Address("admin", "sealed", kind) }
    static func strike(_ id: ID<SealedAccessEntry>, on kind: String) -> Address {
        Address("admin", "sealed", kind, "strike", id.text)
    }
    static func sealed(_ kind: String) -> Address { Address("sealed", kind) }
    static func person(_ id: Person.ID) -> Address { Address("admin", "persons", id.text) }
    static func proposal(_ id: ProposedPerson.ID) -> Address {
        Address("admin", "persons", "proposals", id.text)
    }
    static func proposalRefusal(_ id: ProposedPerson.ID) -> Address {
        Address("admin", "persons", "proposals", id.text, "refusal")
    }
    static func change(_ id: Person.ID) -> Address {
        Address("admin", "persons", id.text, "change")
    }
    static func part(_ join: String, of id: Person.ID) -> Address {
        Address("admin", "persons", id.text, "part", join)
    }
}
