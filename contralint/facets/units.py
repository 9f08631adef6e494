"""Units of measurement, each with its dimension and the factor that leads to the dimension's base unit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """`base = number * factor + offset`."""

    dimension: str
    factor: float
    offset: float = 0.0


# One line a unit: names as they are written, parted by "|"; the first line of a dimension is its base unit.
_TABLE: dict[str, dict[str, float]] = {
    "length": {
        "m|metre|metres|meter|meters": 1.0,
        "km|kilometre|kilometres|kilometer|kilometers": 1e3,
        "cm|centimetre|centimetres|centimeter|centimeters": 1e-2,
        "mm|millimetre|millimetres|millimeter|millimeters": 1e-3,
        "nm|nanometres|nanometers": 1e-9,
        "mi|mile|miles": 1609.344,
        "ft|foot|feet": 0.3048,
        "inch|inches": 0.0254,
        "yd|yard|yards": 0.9144,
        "light-years|light years|light-year|light year": 9.4607e15,
    },
    "mass": {
        "g|gram|grams|gramme|grammes": 1.0,
        "kg|kilogram|kilograms|kilo|kilos": 1e3,
        "mg|milligram|milligrams": 1e-3,
        "t|tonne|tonnes|metric tons": 1e6,
        "lb|lbs|pounds|pound": 453.592,
        "oz|ounce|ounces": 28.3495,
    },
    "duration": {
        "s|sec|secs|second|seconds": 1.0,
        "ms|millisecond|milliseconds": 1e-3,
        "min|mins|minute|minutes": 60.0,
        "h|hr|hrs|hour|hours": 3600.0,
        "day|days": 86400.0,
        "week|weeks": 604800.0,
        "month|months": 2629746.0,
        "year|years|yr|yrs": 31556952.0,
        "decade|decades": 315569520.0,
        "century|centuries": 3155695200.0,
    },
    "volume": {
        "l|litre|litres|liter|liters": 1.0,
        "ml|millilitre|millilitres|milliliter|milliliters": 1e-3,
        "cup|cups": 0.236588,
        "gallon|gallons": 3.78541,
        "tablespoon|tablespoons|tbsp": 0.0147868,
        "teaspoon|teaspoons|tsp": 0.00492892,
        "fl oz|fluid ounces": 0.0295735,
    },
    "speed": {
        "m/s|metres per second|meters per second": 1.0,
        "km/h|kph|kmh|kilometres per hour|kilometers per hour": 1 / 3.6,
        "mph|miles per hour": 0.44704,
        "km/s|kilometres per second|kilometers per second": 1e3,
    },
    "area": {
        "m²|m2|sq m|square metres|square meters": 1.0,
        "km²|km2|sq km|square kilometres|square kilometers": 1e6,
        "sq mi|square miles": 2589988.0,
        "acre|acres": 4046.86,
        "hectare|hectares|ha": 1e4,
        "sq ft|square feet": 0.092903,
    },
    "data": {
        "byte|bytes": 1.0,
        "kb|kilobyte|kilobytes": 1e3,
        "mb|megabyte|megabytes": 1e6,
        "gb|gigabyte|gigabytes": 1e9,
        "tb|terabyte|terabytes": 1e12,
        "bit|bits": 0.125,
    },
    "share": {"%|percent|per cent|percentage points": 0.01},
    "money USD": {"$|usd|dollar|dollars|us dollars": 1.0, "cents|cent": 0.01},
    "money EUR": {"€|eur|euro|euros": 1.0},
    "money GBP": {"£|gbp": 1.0},
    "money JPY": {"¥|jpy|yen": 1.0},
    "energy": {"kcal|calories|calorie|cal": 1.0, "kj|kilojoules": 0.239006},
    "angle": {"degrees|degree": 1.0},
}
_TEMPERATURES = {
    "°c|℃|celsius|degrees celsius|degree celsius|degrees centigrade|degrees c|° c": Unit("temperature", 1.0, 273.15),
    "°f|℉|fahrenheit|degrees fahrenheit|degree fahrenheit|degrees f|° f": Unit("temperature", 5 / 9, 459.67 * 5 / 9),
    "kelvin|kelvins": Unit("temperature", 1.0),
}

UNITS: dict[str, Unit] = {
    name: Unit(dimension, factor)
    for dimension, lines in _TABLE.items()
    for names, factor in lines.items()
    for name in names.split("|")
} | {name: unit for names, unit in _TEMPERATURES.items() for name in names.split("|")}
