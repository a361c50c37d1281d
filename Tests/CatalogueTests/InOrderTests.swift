import Catalogue
import Testing

struct InOrderTests {
    /// The project and a district may each have a file of one name.
    @Test func whatACatalogueListsStandsInOneOrderAtEveryStart() throws {
        let catalogue = try Catalogue(folders: [ownCatalogue, exampleCatalogue])
        let orders = (0..<20).map { _ in
            catalogue.indicators.values.shuffled().inOrder.map(\.id)
        }
        #expect(Set(orders).count == 1)
    }
}
