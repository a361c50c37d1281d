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
    let holds: Holds

    /// What the account is for.
    enum Holds {
        case role(String, unit: String)
        /// An administrator, who sets up one-time codes when they sign in for the first time.
        case office(Office)
    }

    /// Shown in the terminal, known to everybody, and worth nothing outside the demonstration.
    var password: String { "demo-\(signIn)-2015" }

    private var office: Office? {
        guard case .office(let office) = holds else { return nil }
        return office
    }

    static let all = [
        DemonstrationAccount(
            signIn: "clerk", name: Wording(zh: "社区工作人员", en: "a community worker"),
            holds: .role("community_clerk", unit: "410102001001")),
        DemonstrationAccount(
            signIn: "secretary", name: Wording(zh: "社区党组织书记", en: "a community secretary"),
            holds: .role("community_secretary", unit: "410102001001")),
        DemonstrationAccount(
            signIn: "branch", name: Wording(zh: "党支部书记", en: "a branch secretary"),
            holds: .role("branch_secretary", unit: "GB-41010200100101")),
        DemonstrationAccount(
            signIn: "organizer",
            name: Wording(zh: "党委组织员", en: "organization officer of a committee"),
            holds: .role("committee_officer", unit: "CP-410102001001")),
        DemonstrationAccount(
            signIn: "street", name: Wording(zh: "街道班子成员", en: "of a street leadership"),
            holds: .role("street_lead", unit: "410102001")),
        DemonstrationAccount(
            signIn: "officer", name: Wording(zh: "组织部门干部", en: "of the organization department"),
            holds: .role("organization_officer", unit: "410102")),
        DemonstrationAccount(
            signIn: "protection", name: Wording(zh: "个人信息保护负责人", en: "protection officer"),
            holds: .role("protection_officer", unit: "410102")),
        DemonstrationAccount(
            signIn: "system", name: Wording(zh: "系统管理员", en: "system administrator"),
            holds: .office(.system)),
        DemonstrationAccount(
            signIn: "security", name: Wording(zh: "安全管理员", en: "security administrator"),
            holds: .office(.security)),
        DemonstrationAccount(
            signIn: "audit", name: Wording(zh: "审计管理员", en: "audit administrator"),
            holds: .office(.audit)),
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
                let id = Account.ID.make()
                let store = AccountStore(db)
                try store.insert(
                    id, signIn: one.signIn, name: one.name.zh, person: nil, office: one.office,
                    isDemonstration: true, at: moment, by: .command())
                try store.setPassword(kept, of: id, at: moment)
                if case .role(let role, let code) = one.holds {
                    let structure = try district.structure(db)
                    guard let unit = structure.unit(code: code, on: moment.day) else {
                        throw Refusal.notFound
                    }
                    try GrantStore(db).insert(
                        account: id, role: role, unit: unit.unit, from: moment.day, until: nil,
                        at: moment, by: .command())
                }
                try Audit(db, key: district.key).record(
                    "account.made", id.text, by: .command(), at: moment, quietly: true)
            }
        }
    }
}
