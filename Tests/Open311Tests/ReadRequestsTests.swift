import Core
import HTTPTypes
import Open311
import Storage
import TestKit
import Testing
import Web

/// What a program without a key may read, in both formats.
struct ReadRequestsTests {
    private static let fields = [
        "service_request_id", "status", "status_notes", "service_name", "service_code",
        "description", "agency_responsible", "service_notice", "requested_datetime",
        "updated_datetime", "expected_datetime", "address", "address_id", "zipcode", "lat",
        "long", "media_url",
    ]

    @Test func discoveryAndServicesAreToldInBothFormats() async throws {
        try await Open311District.with(.sqlite) { town in
            for file in ["discovery", "services", "services/lighting", "requests"] {
                let xml = try await town.get(file + ".xml")
                #expect(xml.status == 200, "\(file)")
                #expect(xml.headers[.contentType] == "text/xml; charset=utf-8")
                #expect(ReadXML.read(xml.text) != nil, "\(file)")
                let json = try await town.get(file + ".json")
                #expect(json.status == 200, "\(file)")
                #expect(json.headers[.contentType] == "application/json; charset=utf-8")
                _ = try JSON(parsing: json.text)
            }
            let found = try JSON(parsing: try await town.get("discovery.json").text)
            let endpoint = try #require(found["endpoints"].parts.first)
            let formats = endpoint["formats"].parts.compactMap(\.string)
            #expect(formats == ["text/xml", "application/json"])
            let services = try JSON(parsing: try await town.get("services.json").text).parts
            #expect(services.contains { $0["service_code"].string == "garbage" })
            let light = try JSON(parsing: try await town.get("services/lighting.json").text)
            #expect(light["attributes"].parts.map { $0["code"].string } == ["count", "danger"])
            #expect(
                light["attributes"].parts.map { $0["datatype"].string }
                    == ["number", "singlevaluelist"])
            let none = try await town.get("services/nothing.json", language: .en)
            #expect(none.status == 404)
            let fault = try #require(try JSON(parsing: none.text).parts.first)
            #expect(fault["code"].string == "service_code_not_found")
        }
    }

    @Test(arguments: Engine.available)
    func aRequestIsToldWithoutAWordThatSomebodyWrote(_ engine: Engine) async throws {
        try await Open311District.with(engine) { town in
            let filed = try await town.filed()
            let list = try await town.get("requests.json")
            let all = try JSON(parsing: list.text).parts
            let one = try #require(all.first)
            #expect(all.count == 1 && list.status == 200)
            #expect(one["service_request_id"].string == filed.id.text)
            #expect(one["status"].string == "open")
            #expect(one["service_code"].string == "garbage")
            #expect(one["address_id"].string == Open311District.community)
            #expect(one["agency_responsible"].string == "一社区")
            #expect(one["requested_datetime"].string == "2026-07-07T12:00:00+08:00")
            let xml = try await town.get("requests/\(filed.id).xml")
            let read = try #require(ReadXML.read(xml.text))
            let paths = read.map(\.path)
            #expect(Self.fields.allSatisfy { paths.contains("service_requests/request/\($0)") })
            for text in [list.text, xml.text] {
                #expect(!text.contains(Open311District.words) && !text.contains("13800000000"))
                #expect(!text.contains(filed.number) && !text.contains(Open311District.grid))
            }
            let token = try JSON(parsing: try await town.get("tokens/\(filed.id).json").text)
            #expect(token.parts.first?["service_request_id"].string == filed.id.text)
        }
    }

    @Test func whatCannotBeMeantIsRefusedAsErrors() async throws {
        try await Open311District.with(.sqlite) { town in
            try await town.filed()
            let refused = [
                ("requests.json?status=done", 400), ("requests.json?page=0", 400),
                ("requests.json?page_size=1001", 400),
                ("requests.json?start_date=2026-01-01&end_date=2026-07-01", 400),
                ("requests.json?start_date=2026-07-07T09:00:00", 400),
                ("requests.json?service_code=nothing", 404), ("requests/nothing.json", 404),
                ("tokens/nothing.json", 404), ("services/garbage.csv", 404),
            ]
            for (address, status) in refused {
                let answer = try await town.get(address)
                #expect(answer.status == status, "\(address): \(answer.text)")
                #expect(answer.text.contains("code"), "\(address)")
            }
            let none = try await town.get("requests.json?end_date=2020-01-01")
            #expect(none.status == 200 && none.text == "[]")
            let closed = try await town.get("requests.json?status=closed")
            #expect(closed.text == "[]")
            let both = try await town.get("requests.json?status=open,closed&service_code=garbage")
            #expect(try JSON(parsing: both.text).parts.count == 1)
        }
    }

    @Test(arguments: Engine.available)
    func whatSomebodyNeedsIsInNoListAndUnderNoAddress(_ engine: Engine) async throws {
        try await Open311District.with(engine) { town in
            let filed = try await town.filed("hardship")
            for address in ["requests", "requests.json?service_code=hardship"] {
                let file = address.hasPrefix("requests.") ? address : address + ".json"
                #expect(try JSON(parsing: try await town.get(file).text).parts.isEmpty)
            }
            let named = "requests.json?service_request_id=\(filed.id)"
            #expect(try JSON(parsing: try await town.get(named).text).parts.isEmpty)
            #expect(try await town.get("requests/\(filed.id).json").status == 404)
            #expect(try await town.get("tokens/\(filed.id).json").status == 404)
        }
    }

    @Test(arguments: Engine.available)
    func pagesTogetherAreTheListAndHoldStill(_ engine: Engine) async throws {
        try await Open311District.with(engine) { town in
            for _ in 0..<5 {
                try await town.filed()
                town.clock.advance(1_000)
            }
            func ids(_ address: String) async throws -> [String] {
                try JSON(parsing: try await town.get(address).text).parts
                    .compactMap { $0["service_request_id"].string }
            }
            let whole = try await ids("requests.json")
            #expect(whole.count == 5)
            var paged: [String] = []
            for page in 1...3 { paged += try await ids("requests.json?page_size=2&page=\(page)") }
            #expect(paged == whole)
            #expect(try await ids("requests.json?page_size=2&page=4").isEmpty)
            let two = whole.prefix(2).joined(separator: ",")
            let named = try await ids("requests.json?service_request_id=\(two)&status=closed")
            #expect(named.count == 2)
            try await town.test.database.write { db in
                var filter = PublicFilter(listed: ["garbage"])
                filter.from = Open311District.noon
                filter.until = Moment(milliseconds: Open311District.noon.milliseconds + 10_000)
                let plan = try db.plan(PublicRequests.statement(filter)).joined(separator: "\n")
                #expect(plan.contains("request_filed"), "\(plan)")
                #expect(!plan.contains("TEMP B-TREE"), "\(plan)")
            }
        }
    }
}
