import Core
import Hummingbird
import HummingbirdTesting
import Ledger
import Storage
import TestKit
import Testing

/// The small district with a few entries, and its pages through the real router.
enum Furnished {
    static let honors = """
        编号,日期,单位,级别,称号,授予单位
        R-1,2015-03-02,410102001,市级,文明街道,市文明办
        R-2,2015-05-04,410102001001,区级,平安社区,区综治办
        R-3,2015-05-04,410102001002,省级,科普社区,Science Board
        """

    static let persons = "人员编号,姓名,单位\nT-1,王试甲,410102001\n"

    static let lectures = "编号,日期,单位,主题,授课人\nL-1,2015-05-05,410102001,社区作风,T-1\n"

    static let pairs = """
        编号,起始日期,单位,家庭同意,帮扶党员,家庭代码
        D-1,2015-05-04,410102001,是,T-1,H-1
        """

    static func with(
        _ engine: Engine,
        _ body: @escaping @Sendable (TestDistrict, Reader) async throws -> Void
    ) async throws {
        try await TestDistrict.with(engine, example: true) { test in
            try await test.foundSmallDistrict()
            try await test.accept(persons, what: "persons")
            try await test.accept(honors, what: "honor")
            try await test.accept(lectures, what: "lecture")
            try await test.accept(pairs, what: "aid_pair")
            try await test.withSite { client in
                try await body(test, Reader(client: client, test: test))
            }
        }
    }
}

/// Reads pages.
struct Reader: Sendable {
    let client: any TestClientProtocol
    let test: TestDistrict

    func page(_ path: String, status: Int = 200) async throws -> String {
        try await client.execute(uri: path, method: .get) { response in
            #expect(response.status.code == status, "\(path)")
            return String(buffer: response.body)
        }
    }

    /// The statements of a page that nobody has read yet.
    func statements(_ path: String) async throws -> Int {
        let before = test.database.statements
        _ = try await page(path)
        return test.database.statements - before
    }
}
