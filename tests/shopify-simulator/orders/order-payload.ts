/** The order as Shopify's webhooks carry it (API 2026-10). It is also the simulator's state: there is no second copy. */
export interface Money {
  amount: string;
  currency_code: string;
}

export interface MoneySet {
  shop_money: Money;
  presentment_money: Money;
}

export interface TaxLine {
  title: string;
  rate: number;
  price: string;
  price_set: MoneySet;
  channel_liable: boolean;
}

export interface DiscountAllocation {
  amount: string;
  amount_set: MoneySet;
  discount_application_index: number;
}

export interface DiscountApplication {
  type: "discount_code" | "manual" | "automatic";
  code?: string;
  title?: string;
  value: string;
  value_type: "percentage" | "fixed_amount";
  allocation_method: "across" | "each" | "one";
  target_selection: "all" | "entitled";
  target_type: "line_item" | "shipping_line";
}

export interface LineItem {
  id: bigint;
  admin_graphql_api_id: string;
  attributed_staffs: unknown[];
  current_quantity: number;
  fulfillable_quantity: number;
  fulfillment_service: string;
  fulfillment_status: string | null;
  gift_card: boolean;
  grams: number;
  name: string;
  price: string;
  price_set: MoneySet;
  product_exists: boolean;
  product_id: bigint | null;
  properties: { name: string; value: string }[];
  quantity: number;
  requires_shipping: boolean;
  sales_line_item_group_id: bigint | null;
  sku: string | null;
  taxable: boolean;
  title: string;
  total_discount: string;
  total_discount_set: MoneySet;
  variant_id: bigint | null;
  variant_inventory_management: string | null;
  variant_title: string | null;
  vendor: string | null;
  tax_lines: TaxLine[];
  duties: unknown[];
  discount_allocations: DiscountAllocation[];
}

export interface Address {
  first_name: string | null;
  last_name: string | null;
  name: string | null;
  company: string | null;
  address1: string | null;
  address2: string | null;
  city: string | null;
  zip: string | null;
  province: string | null;
  province_code: string | null;
  country: string | null;
  country_code: string | null;
  phone: string | null;
  latitude: number | null;
  longitude: number | null;
}

export interface Customer {
  id: bigint;
  admin_graphql_api_id: string;
  created_at: string;
  updated_at: string;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  phone: string | null;
  state: string;
  note: string | null;
  verified_email: boolean;
  multipass_identifier: string | null;
  tax_exempt: boolean;
  tax_exemptions: string[];
  currency: string;
  default_address:
    | (Address & { id: bigint; customer_id: bigint; country_name: string | null; default: boolean })
    | null;
}

export interface ShippingLine {
  id: bigint;
  carrier_identifier: string | null;
  code: string | null;
  current_discounted_price_set: MoneySet;
  discounted_price: string;
  discounted_price_set: MoneySet;
  is_removed: boolean;
  phone: string | null;
  price: string;
  price_set: MoneySet;
  requested_fulfillment_service_id: string | null;
  source: string;
  title: string;
  tax_lines: TaxLine[];
  discount_allocations: DiscountAllocation[];
}

export interface Fulfillment {
  id: bigint;
  admin_graphql_api_id: string;
  created_at: string;
  location_id: bigint;
  name: string;
  order_id: bigint;
  origin_address: Record<string, never>;
  receipt: Record<string, never>;
  service: string;
  shipment_status: string | null;
  status: string;
  tracking_company: string | null;
  tracking_number: string | null;
  tracking_numbers: string[];
  tracking_url: string | null;
  tracking_urls: string[];
  updated_at: string;
  line_items: LineItem[];
}

export interface RefundLineItem {
  id: bigint;
  line_item_id: bigint;
  location_id: bigint | null;
  quantity: number;
  restock_type: string;
  subtotal: string;
  subtotal_set: MoneySet;
  total_tax: string;
  total_tax_set: MoneySet;
  line_item: LineItem;
}

export interface RefundTransaction {
  id: bigint;
  admin_graphql_api_id: string;
  amount: string;
  currency: string;
  created_at: string;
  processed_at: string;
  gateway: string;
  kind: string;
  status: string;
  order_id: bigint;
  test: boolean;
}

export interface Refund {
  id: bigint;
  admin_graphql_api_id: string;
  created_at: string;
  processed_at: string;
  order_id: bigint;
  note: string | null;
  user_id: bigint | null;
  restock: boolean;
  return: null;
  duties: unknown[];
  total_duties_set: MoneySet;
  order_adjustments: unknown[];
  refund_line_items: RefundLineItem[];
  refund_shipping_lines: { id: bigint; shipping_line_id: bigint; subtotal_amount_set: MoneySet }[];
  transactions: RefundTransaction[];
}

/** Amounts that exist once as a decimal string and once as a set of both currencies. */
interface OrderAmounts {
  current_subtotal_price: string;
  current_subtotal_price_set: MoneySet;
  current_total_discounts: string;
  current_total_discounts_set: MoneySet;
  current_total_price: string;
  current_total_price_set: MoneySet;
  current_total_tax: string;
  current_total_tax_set: MoneySet;
  current_shipping_price_set: MoneySet;
  subtotal_price: string;
  subtotal_price_set: MoneySet;
  total_discounts: string;
  total_discounts_set: MoneySet;
  total_line_items_price: string;
  total_line_items_price_set: MoneySet;
  total_price: string;
  total_price_set: MoneySet;
  total_tax: string;
  total_tax_set: MoneySet;
  total_shipping_price_set: MoneySet;
  total_outstanding: string;
  total_tip_received: string;
  total_cash_rounding_payment_adjustment_set: MoneySet;
  total_cash_rounding_refund_adjustment_set: MoneySet;
}

export interface OrderPayload extends OrderAmounts {
  id: bigint;
  admin_graphql_api_id: string;
  app_id: bigint | null;
  browser_ip: string | null;
  buyer_accepts_marketing: boolean;
  cancel_reason: string | null;
  cancelled_at: string | null;
  cart_token: string | null;
  checkout_token: string | null;
  client_details: Record<string, string | null> | null;
  closed_at: string | null;
  company: null;
  confirmation_number: string;
  confirmed: boolean;
  contact_email: string | null;
  created_at: string;
  currency: string;
  current_total_additional_fees_set: null;
  current_total_duties_set: null;
  customer_locale: string | null;
  device_id: null;
  discount_codes: { code: string; amount: string; type: string }[];
  duties_included: boolean;
  email: string | null;
  estimated_taxes: boolean;
  financial_status: string;
  fulfillment_status: string | null;
  landing_site: string | null;
  landing_site_ref: null;
  location_id: bigint | null;
  merchant_business_entity_id: string;
  merchant_of_record_app_id: null;
  name: string;
  note: string | null;
  note_attributes: { name: string; value: string }[];
  number: number;
  order_number: number;
  order_status_url: string;
  original_total_additional_fees_set: null;
  original_total_duties_set: null;
  payment_gateway_names: string[];
  phone: string | null;
  po_number: string | null;
  presentment_currency: string;
  processed_at: string;
  reference: null;
  referring_site: string | null;
  source_identifier: null;
  source_name: string;
  source_url: null;
  tags: string;
  tax_exempt: boolean;
  tax_lines: TaxLine[];
  taxes_included: boolean;
  test: boolean;
  token: string;
  total_weight: number;
  updated_at: string;
  user_id: bigint | null;
  billing_address: Address | null;
  customer: Customer | null;
  discount_applications: DiscountApplication[];
  fulfillments: Fulfillment[];
  line_items: LineItem[];
  line_item_groups: unknown[];
  payment_terms: null;
  refunds: Refund[];
  returns: unknown[];
  shipping_address: Address | null;
  shipping_lines: ShippingLine[];
}
