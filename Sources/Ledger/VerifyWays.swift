import Core
import Organization
import Storage

extension District {
    /// Finds units that stand on some day without a way to the top of their tree.
    package func findingsOfWays(_ db: Connection) throws -> [Finding] {
        let structure = try structure(db)
        return structure.lostWays(catalogue.forms).map { Finding($0.finding(structure)) }
    }
}
