import Core
import HummingbirdTesting
import Storage
import TestKit
import Testing

/// The pictures of pages, taken away at the page's own address.
struct PictureTakenTests {
    private static let figure = "/figures/honor.count?unit=410102&period=2015-H1"

    @Test(arguments: Engine.available)
    func everyPictureOfAPageIsTakenAwayInEveryForm(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let page = try await reader.page(Self.figure + "&lang=zh")
            let links = page.matches(of: /href="([^"]*picture=[^"]*as=(csv|svg|png))"/)
            #expect(links.count >= 3)
            for link in links {
                let path = String(link.1).replacing("&amp;", with: "&")
                let (type, kept, bytes) = try await reader.client.execute(
                    uri: path, method: .get
                ) {
                    (
                        $0.headers[.contentType] ?? "", $0.headers[.contentDisposition] ?? "",
                        Array($0.body.readableBytesView)
                    )
                }
                #expect(kept.hasPrefix("attachment"), "\(path)")
                #expect(kept.contains(".\(link.2)\""), "\(kept)")
                switch link.2 {
                case "png":
                    #expect(type == "image/png" && bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
                case "svg":
                    let svg = String(decoding: bytes, as: UTF8.self)
                    #expect(type == "image/svg+xml")
                    #expect(svg.contains("来源：") && svg.contains("第") && !svg.contains("var("))
                    #expect(!svg.contains("href=") && svg.contains(".chart-"))
                default: #expect(type.hasPrefix("text/csv"))
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func aPictureThatIsNotThereIsRefusedInWords(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            for path in [
                "\(Self.figure)&picture=other&as=svg", "\(Self.figure)&picture=other&as=csv",
                "/kinds?as=svg", "/?as=png&picture=x",
            ] {
                let page = try await reader.page(path + "&lang=zh", status: 422)
                #expect(page.contains("没有这张图"), "\(path)")
            }
        }
    }

    /// A family that is helped alone is too few to be told of, in whatever form one asks.
    @Test(arguments: Engine.available)
    func whatIsNotToldIsInNoPicture(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let path = "/figures/aid_pair.in_force?unit=410102&period=2015-06-30"
            let page = try await reader.page(path)
            #expect(page.contains("data-value=\"withheld\""))
            #expect(!page.contains("picture="), "nothing of it is drawn")
            for form in ["svg", "png", "csv", "xlsx"] {
                for picture in ["units", "months"] {
                    _ = try await reader.page(
                        path + "&picture=\(picture)&as=\(form)", status: 422)
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func theUnitsBelowStandByValueOrAsTheyStand(on engine: Engine) async throws {
        try await Furnished.with(engine) { _, reader in
            let path = "/figures/honor.count?unit=410102001&period=2015-H1&lang=zh"
            let page = try await reader.page(path)
            #expect(page.contains("order=units"))
            #expect(page.contains("class=\"chart row-chart\""))
            let other = try await reader.page(path + "&order=units")
            #expect(other.contains("order=value"))
            #expect(other.contains("一社区、") || other.contains("都是") || other.contains("最多"))
        }
    }
}
