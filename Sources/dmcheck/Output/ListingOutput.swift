import CheckClient

/// Writes a listing as it comes, at most a page at a time in memory.
struct ListingOutput<Item: Decodable & Sendable> {
    private let json: Bool
    private var table: TextTable
    private let cells: (Item) -> [String]
    private var rows: [[String]] = []
    private var isFirst = true

    /// Rows that are laid out together.
    private static var part: Int { 1000 }

    init(json: Bool, table: TextTable, cells: @escaping (Item) -> [String]) {
        self.json = json
        self.table = table
        self.cells = cells
    }

    mutating func add(_ item: Verbatim<Item>) throws {
        guard json else {
            rows.append(cells(item.value))
            if rows.count == Self.part { flush() }
            return
        }
        Terminal.output(Array(((isFirst ? "{\"items\":[\n" : ",\n") + (try item.json.line)).utf8))
        isFirst = false
    }

    mutating func end() {
        if json {
            Terminal.output(isFirst ? "{\"items\":[],\"nextCursor\":null}" : "\n],\"nextCursor\":null}")
        } else {
            flush()
        }
    }

    private mutating func flush() {
        for line in table.lines(rows) { Terminal.output(line) }
        rows = []
    }
}
