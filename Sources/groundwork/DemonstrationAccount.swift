import Accounts
import App
import Core
import Ledger
import Organization
import Storage

/// Somebody to sign in as in the demonstration, and nowhere else: outside of it the server refuses
/// these accounts, whatever password is given.
struct DemonstrationAccount {
    let signIn: String
    let name: Wording
    let role: String
    let unit: String

    /// Shown in the terminal, known to everybody, and worth nothing outside the demonstration.
    var password: String { "demo-\(signIn)-2015" }

    static let all = [
        DemonstrationAccount(
            signIn: "clerk", name: Wording(zh: "社区工作人员", en: "a community worker"),
            role: "community_clerk", unit: "410102001001"),
        DemonstrationAccount(
            signIn: "secretary", name: Wording(zh: "社区党组织书记", en: "a community secretary"),
            role: "community_secretary", unit: "410102001001"),
        DemonstrationAccount(
            signIn: "street", name: Wording(zh: "街道班子成员", en: "of a street leadership"),
            role: "street_lead", unit: "410102001"),
        DemonstrationAccount(
            signIn: "officer", name: Wording(zh: "组织部门干部", en: "of the organization department"),
            role: "organization_officer", unit: "410102"),
        DemonstrationAccount(
            signIn: "protection", name: Wording(zh: "个人信息保护负责人", en: "protection officer"),
            role: "protection_officer", unit: "410102"),
    ]

    /// Makes those that are not there yet.
    static func make(in district: District) async throws {
        let accounts = Accounts(district, passwords: Passwords(), isDemonstration: true)
        for one in all {
            let known = try await district.database.read { db in
                try AccountStore(db).find(signIn: one.signIn) != nil
            }
            guard !known else { continue }
            let kept = try await accounts.passwords.keep(one.password)
            let moment = district.now()
            try await district.database.write { db in
                let structure = try district.structure(db)
                guard let unit = structure.unit(code: one.unit, on: moment.day) else {
                    throw Refusal.notFound
                }
                let id = Account.ID.make()
                let store = AccountStore(db)
                try store.insert(
                    id, signIn: one.signIn, name: one.name.zh, person: nil, office: nil,
                    isDemonstration: true, at: moment, by: .command())
                try store.setPassword(kept, of: id, at: moment)
                try GrantStore(db).insert(
                    account: id, role: one.role, unit: unit.unit, from: moment.day, until: nil,
                    at: moment, by: .command())
                try Audit(db, key: district.key).record(
                    "account.made", id.text, by: .command(), at: moment, quietly: true)
            }
        }
    }
}
