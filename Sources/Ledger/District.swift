import Catalogue
import Core
import Organization
import Storage

/// A district that is open: its database, its catalogue, its keys, its clock.
package struct District: Sendable {
    package let database: Database
    package let catalogue: Catalogue
    package let key: AuditKey
    /// The key of what is sealed: private values, entries that are no records yet, evidence.
    package let sealedKey: SecretKey
    /// What every target declares of the data it keeps.
    package let declared: [DataDeclaration]
    package let now: @Sendable () -> Moment
    /// The folders from which its catalogue was read: the program's own first, the district's last.
    package let folders: [String]
    private let changes = KindChanges()
    /// A structure never changes at a position.
    private let structures = Shelf<Int, OnlyKey, Structure>()

    package init(
        database: Database, catalogue: Catalogue, key: AuditKey,
        sealedKey: SecretKey, declared: [DataDeclaration],
        now: @escaping @Sendable () -> Moment = { Moment.now() }, folders: [String] = []
    ) {
        self.database = database
        self.catalogue = catalogue
        self.key = key
        self.sealedKey = sealedKey
        self.declared = declared
        self.now = now
        self.folders = folders
    }

    /// The structure as the snapshot of this connection knows it.
    package func structure(_ db: Connection) throws -> Structure {
        let store = StructureStore(db: db)
        let position = try store.position()
        if let known = structures.take(position) { return known }
        let structure = try store.load()
        structures.put(structure, position)
        return structure
    }

    package func structure() async throws -> Structure {
        try await database.read { db in try structure(db) }
    }

    /// The newest position that may have changed what is read of some kinds; nil for a snapshot
    /// that is older than another that asked.
    package func newestChange(
        of kinds: some Sequence<String>, at position: Int, _ db: Connection
    ) throws -> Int? {
        try changes.newest(of: kinds, at: position, db)
    }

    /// What a visitor may read.
    package var publicScope: Scope { .kinds(catalogue.publicKinds) }

    /// Of what records a visitor may see released pictures.
    package var pictureScope: Scope {
        .kinds(catalogue.publicKinds.filter { catalogue.kinds[$0]?.releasesPictures ?? false })
    }

    package func formAxis(_ form: String) -> Indicator.Axis? { catalogue.forms[form]?.axis }
}
