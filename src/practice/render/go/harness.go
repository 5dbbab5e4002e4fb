package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"reflect"
	"strings"
	"time"
)

// Calls renderings with their examples. Values are as the exercise language's, in JSON: `{"list": […]}`,
// `{"map": [[k, v], …]}`, `{"record": […]}` with the fields in their order, `{"float": "inf"}`.

type harnessCase struct {
	Arguments []any
	Raised    bool
	Value     any
}

var harnessOut = os.Stdout

// harnessVerify prints one line for a rendering. It waits for a second: what does not end is left behind.
func harnessVerify(index int, function any, optional bool, cases string) {
	answer := make(chan string, 1)
	go func() { answer <- harnessDifference(function, optional, cases) }()
	text := "out of time"
	select {
	case text = <-answer:
	case <-time.After(2 * time.Second):
	}
	if len(text) > 500 {
		text = text[:500]
	}
	fmt.Fprintf(harnessOut, "%d %s\n", index, strings.Join(strings.Fields(text), " "))
}

func harnessDifference(function any, optional bool, text string) (answer string) {
	defer func() {
		if failure := recover(); failure != nil {
			answer = fmt.Sprint("harness: ", failure)
		}
	}()
	var cases []harnessCase
	if err := json.Unmarshal([]byte(text), &cases); err != nil {
		return err.Error()
	}
	for _, one := range cases {
		results, failure := harnessCall(reflect.ValueOf(function), one.Arguments)
		if failure != nil {
			if !one.Raised {
				return fmt.Sprintf("%v raised %v, expected %v", one.Arguments, failure, one.Value)
			}
			continue
		}
		if one.Raised {
			return fmt.Sprintf("%v is %v, expected an error", one.Arguments, harnessShow(results))
		}
		if !harnessSameResults(results, one.Value, optional) {
			return fmt.Sprintf("%v is %v, expected %v", one.Arguments, harnessShow(results), one.Value)
		}
	}
	return "ok"
}

func harnessCall(function reflect.Value, arguments []any) (results []reflect.Value, failure error) {
	given := make([]reflect.Value, len(arguments))
	for i, argument := range arguments {
		given[i] = harnessValue(argument, function.Type().In(i))
	}
	defer func() {
		if panicked := recover(); panicked != nil {
			failure = fmt.Errorf("panic: %v", panicked)
		}
	}()
	results = function.Call(given)
	if last := len(results) - 1; last >= 0 && results[last].Type().String() == "error" {
		if !results[last].IsNil() {
			return nil, errors.New(results[last].Interface().(error).Error())
		}
		results = results[:last]
	}
	return results, nil
}

func harnessShow(results []reflect.Value) string {
	shown := make([]string, len(results))
	for i, result := range results {
		for result.Kind() == reflect.Pointer && !result.IsNil() {
			result = result.Elem()
		}
		shown[i] = fmt.Sprintf("%+v", result)
	}
	return strings.Join(shown, ", ")
}

func harnessParts(value any, kind string) []any {
	return value.(map[string]any)[kind].([]any)
}

func harnessFloat(value any) float64 {
	if number, ok := value.(float64); ok {
		return number
	}
	switch value.(map[string]any)["float"] {
	case "inf":
		return math.Inf(1)
	case "-inf":
		return math.Inf(-1)
	}
	return math.NaN()
}

// harnessValue makes a value of a type.
func harnessValue(value any, of reflect.Type) reflect.Value {
	made := reflect.New(of).Elem()
	switch of.Kind() {
	case reflect.Int:
		if number, ok := value.(float64); ok {
			made.SetInt(int64(number))
		} else {
			made.SetInt(int64(value.(map[string]any)["days"].(float64)))
		}
	case reflect.Int32:
		made.SetInt(int64([]rune(value.(string))[0]))
	case reflect.Float64:
		made.SetFloat(harnessFloat(value))
	case reflect.Bool:
		made.SetBool(value.(bool))
	case reflect.String:
		made.SetString(value.(string))
	case reflect.Slice:
		made = reflect.MakeSlice(of, 0, 0)
		for _, item := range harnessParts(value, "list") {
			made = reflect.Append(made, harnessValue(item, of.Elem()))
		}
	case reflect.Array:
		for i, item := range harnessParts(value, "tuple") {
			made.Index(i).Set(harnessValue(item, of.Elem()))
		}
	case reflect.Map:
		made = reflect.MakeMap(of)
		if _, isSet := value.(map[string]any)["set"]; isSet {
			for _, item := range harnessParts(value, "set") {
				made.SetMapIndex(harnessValue(item, of.Key()), reflect.ValueOf(true))
			}
			break
		}
		for _, entry := range harnessParts(value, "map") {
			pair := entry.([]any)
			made.SetMapIndex(harnessValue(pair[0], of.Key()), harnessValue(pair[1], of.Elem()))
		}
	case reflect.Pointer:
		if value != nil {
			made.Set(reflect.New(of.Elem()))
			made.Elem().Set(harnessValue(value, of.Elem()))
		}
	case reflect.Struct:
		if of == reflect.TypeOf(time.Time{}) {
			date, err := time.Parse("2006-01-02", value.(map[string]any)["date"].(string))
			if err != nil {
				panic(err)
			}
			return reflect.ValueOf(date)
		}
		kind := "record"
		if _, isTuple := value.(map[string]any)["tuple"]; isTuple {
			kind = "tuple"
		}
		for i, field := range harnessParts(value, kind) {
			made.Field(i).Set(harnessValue(field, of.Field(i).Type))
		}
	default:
		panic("no value of " + of.String())
	}
	return made
}

func harnessSameResults(results []reflect.Value, expected any, optional bool) bool {
	if optional && len(results) > 1 {
		found := results[len(results)-1].Bool()
		if expected == nil || !found {
			return expected == nil && !found
		}
		results = results[:len(results)-1]
	}
	if len(results) == 0 {
		return expected == nil
	}
	if len(results) == 1 {
		return harnessSame(results[0], expected)
	}
	parts := harnessParts(expected, "tuple")
	if len(parts) != len(results) {
		return false
	}
	for i, part := range parts {
		if !harnessSame(results[i], part) {
			return false
		}
	}
	return true
}

func harnessSameAll(count int, at func(int) reflect.Value, expected []any) bool {
	if count != len(expected) {
		return false
	}
	for i, item := range expected {
		if !harnessSame(at(i), item) {
			return false
		}
	}
	return true
}

// harnessSame compares by value: floats within 1e-9, maps without order.
func harnessSame(got reflect.Value, expected any) bool {
	switch got.Kind() {
	case reflect.Pointer:
		if got.IsNil() || expected == nil {
			return got.IsNil() && expected == nil
		}
		return harnessSame(got.Elem(), expected)
	case reflect.Float64:
		a, b := got.Float(), harnessFloat(expected)
		if math.IsNaN(a) || math.IsNaN(b) || math.IsInf(a, 0) || math.IsInf(b, 0) {
			return a == b || math.IsNaN(a) && math.IsNaN(b)
		}
		return math.Abs(a-b) <= 1e-9*math.Max(1, math.Max(math.Abs(a), math.Abs(b)))
	case reflect.Slice:
		return harnessSameAll(got.Len(), got.Index, harnessParts(expected, "list"))
	case reflect.Array:
		return harnessSameAll(got.Len(), got.Index, harnessParts(expected, "tuple"))
	case reflect.Map:
		if _, isSet := expected.(map[string]any)["set"]; isSet {
			items := harnessParts(expected, "set")
			for _, item := range items {
				held := got.MapIndex(harnessValue(item, got.Type().Key()))
				if !held.IsValid() || !held.Bool() {
					return false
				}
			}
			return got.Len() == len(items)
		}
		entries := harnessParts(expected, "map")
		for _, entry := range entries {
			pair := entry.([]any)
			held := got.MapIndex(harnessValue(pair[0], got.Type().Key()))
			if !held.IsValid() || !harnessSame(held, pair[1]) {
				return false
			}
		}
		return got.Len() == len(entries)
	case reflect.Struct:
		if got.Type() == reflect.TypeOf(time.Time{}) {
			return got.Interface().(time.Time).Equal(harnessValue(expected, got.Type()).Interface().(time.Time))
		}
		kind := "record"
		if _, isTuple := expected.(map[string]any)["tuple"]; isTuple {
			kind = "tuple"
		}
		return harnessSameAll(got.NumField(), got.Field, harnessParts(expected, kind))
	}
	return harnessValue(expected, got.Type()).Interface() == got.Interface()
}
