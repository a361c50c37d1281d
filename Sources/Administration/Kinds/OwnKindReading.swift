import Accounts
import Catalogue
import Core
import Ledger
import Storage
import Web

/// A kind that is made on a page, its versions, and what became of them in this running program.
struct OwnKindReading: Sendable {
    let kept: KeptKind
    let versions: [KindVersion]
    /// How the accounts are called that had to do with it.
    let names: [String: String]
    let folder: OwnKindFolder
    /// The version of the kind with which the running program works; nil where it has none.
    let running: String?

    /// What lies in the folder; nil where nothing was let go yet.
    var found: OwnKindFolder.Found? { versions.first.map(folder.find) }

    /// How it stands, in words.
    func state(_ words: Words, _ today: Day) -> String {
        guard let newest = versions.first, let found else {
            return words[kept.state == .waiting ? "own_state_waiting" : "own_state_draft"]
        }
        var said = [standing(newest, found, words, today)]
        if kept.state == .draft { said.append(words["own_state_changing"]) }
        if kept.state == .waiting { said.append(words["own_state_change_waits"]) }
        return said.joined(separator: words["own_semicolon"])
    }

    private func standing(
        _ newest: KindVersion, _ found: OwnKindFolder.Found, _ words: Words, _ today: Day
    ) -> String {
        switch found.state {
        case .missing: return words["own_state_missing"]
        case .changed: return words["own_state_by_hand"]
        case .same: break
        }
        guard running == found.version else { return words["own_state_restart"] }
        if let from = Day(newest.own.from), today < from {
            return words["own_state_from", ["day": newest.own.from]]
        }
        if let until = Day(newest.own.until), until <= today {
            return words["own_state_ended", ["day": newest.own.until]]
        }
        return words["own_state_in_force", ["day": newest.own.from]]
    }
}

extension Words {
    /// What a theme is called; a theme of the district's own may have no word.
    func area(_ id: String) -> String {
        let name = self["area_\(id)"]
        return name.hasPrefix("[") ? id : name
    }
}

extension Services {
    var ownKindFolder: OwnKindFolder { OwnKindFolder(folders: district.folders) }

    /// The kind that an address names.
    func ownKind(_ context: AppContext, _ db: Connection) throws -> KeptKind {
        guard let kept = try OwnKindStore(db: db).find(try context.word("own")) else {
            throw Refusal.notFound
        }
        return kept
    }

    func reading(_ kept: KeptKind, _ db: Connection) throws -> OwnKindReading {
        let versions = try OwnKindStore(db: db).versions(of: kept.id)
        let who = versions.flatMap { [$0.sentBy, $0.releasedBy] } + [kept.changedBy]
        return OwnKindReading(
            kept: kept, versions: versions, names: try AccountStore(db).names(who),
            folder: ownKindFolder,
            running: district.catalogue.kinds[kept.id]?.version)
    }

    func check(_ kept: KeptKind, _ own: OwnKind, _ db: Connection) throws -> OwnKindCheck {
        let store = OwnKindStore(db: db)
        let newest = try store.versions(of: kept.id).first?.own
        let isHeld = try newest != nil && store.hasRecords(kept.id)
        return OwnKindCheck(
            kept.id, own, district.catalogue, others: try store.all(), held: isHeld ? newest : nil)
    }

    /// Refuses a form that was opened before somebody else changed the kind.
    func requireCurrent(_ form: Form, _ kept: KeptKind) throws(Refusal) {
        guard form.all("revision").first == String(kept.revision) else {
            throw .conflict(
                zh: "打开页面之后，有人改动过这个事项。您填的内容还在；请另开一页看过最新的内容，再决定怎样改。",
                en: "Somebody changed this kind after you opened the page. What you entered is "
                    + "still here: look at the kind as it is now in another page, and decide.")
        }
    }

    /// Keeps a kind as it was changed; what was sent before is a draft again.
    func keep(
        _ own: OwnKind, over kept: KeptKind, as state: KeptKind.State = .draft,
        note: String? = nil, action: String = "kind.changed", by acting: ActingAccount,
        _ db: Connection
    ) throws {
        guard
            try OwnKindStore(db: db).change(
                kept, to: own, state, note: note, at: acting.moment, by: acting.actor)
        else {
            throw Refusal.conflict(
                zh: "有人同时改动了这个事项，请再试一次。",
                en: "Somebody changed this kind at the same time: try once more.")
        }
        try audit(db).record(
            action, kept.id, by: acting.actor, at: acting.moment, quietly: true)
    }

    func trail(_ kept: KeptKind?, _ words: Words) -> [Link] {
        [Link(words["own_kinds_title"], .ownKinds)]
            + (kept.map { [Link($0.own.name[words.language], .ownKind($0.id))] } ?? [])
    }
}

/// Where the pages of kinds made on a page are.
extension Address {
    static let ownKinds = Address("admin", "kinds")
    static let newOwnKind = Address("admin", "kinds", "new")
    static let kindReleases = Address("admin", "kind-releases")

    static func ownKind(_ id: String) -> Address { Address("admin", "kinds", id) }
    static func ownKind(_ id: String, _ page: String) -> Address {
        Address("admin", "kinds", id, page)
    }
    static func ownField(_ field: String, of id: String) -> Address {
        Address("admin", "kinds", id, "fields", field)
    }
    static func ownField(_ field: String, of id: String, _ change: String) -> Address {
        Address("admin", "kinds", id, "fields", field, change)
    }
    static func kindRelease(_ id: String) -> Address { Address("admin", "kind-releases", id) }
    static func kindReturn(_ id: String) -> Address {
        Address("admin", "kind-releases", id, "return")
    }
}
