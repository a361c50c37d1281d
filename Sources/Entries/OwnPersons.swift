import Core
import Organization
import Storage

/// A person under every number he was entered with: his own, and those found to be his.
struct OwnPersons {
    private let ids: Set<String>

    init(of person: Person.ID, _ db: Connection) throws {
        let stands: SQL = """
            j.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM person_join n WHERE n.undoes = j.id)
            """
        let main =
            try db.value(
                "SELECT j.to_person FROM person_join j WHERE j.from_person = \(person) AND \(stands)",
                as: String.self) ?? person.text
        let joined = try db.rows(
            "SELECT j.from_person FROM person_join j WHERE j.to_person = \(main) AND \(stands)"
        ).map { try $0.at(0, as: String.self) }
        ids = Set([main, person.text] + joined)
    }

    func contains(_ person: Person.ID) -> Bool { ids.contains(person.text) }
}
